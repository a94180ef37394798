package dev.banyan.lua.seam;

import dev.banyan.lua.NativeFunction;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.WeakHashMap;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by its machine's thread: puts the seam into methods of objects that a module makes. The
 * class of an object is known only once there is an object: it is switched when the first one is
 * made.
 */
final class ObjectMethods {
  private final PortedModule module;
  private final Set<LuaFunction> ours = Collections.newSetFromMap(new WeakHashMap<>());
  private final IdentityHashMap<LuaFunction, LuaFunction> wrapped = new IdentityHashMap<>(2);

  ObjectMethods(PortedModule module) {
    this.module = module;
  }

  /** The function that takes the place of one that makes objects with that method. */
  LuaFunction watch(String maker, LuaFunction original, String method) {
    return NativeFunction.of(
        maker,
        args -> {
          Varargs made = original.invoke(args);
          if (made.arg1() instanceof LuaTable object) {
            install(object, method);
          }
          return made;
        });
  }

  private void install(LuaTable object, String method) {
    String name = method.substring(1);
    if (object.rawget(name) instanceof LuaFunction own) {
      replace(object, name, method, own);
      return;
    }
    if (!(object.getmetatable() instanceof LuaTable metatable)) {
      return;
    }
    LuaValue index = metatable.rawget(LuaValue.INDEX);
    if (index instanceof LuaTable type && type.rawget(name) instanceof LuaFunction inherited) {
      replace(type, name, method, inherited);
    } else if (index instanceof LuaFunction lookup && !ours.contains(lookup)) {
      LuaFunction seen = seeing(lookup, name, method);
      ours.add(seen);
      metatable.rawset(LuaValue.INDEX, seen);
    }
  }

  private void replace(LuaTable holder, String name, String method, LuaFunction original) {
    if (!ours.contains(original)) {
      holder.rawset(name, wrapped(method, original));
    }
  }

  /**
   * An {@code __index} that answers the switched method where {@code lookup} answers the method.
   */
  private LuaFunction seeing(LuaFunction lookup, String name, String method) {
    return NativeFunction.of(
        "__index",
        args -> {
          Varargs found = lookup.invoke(args);
          boolean asked = args.arg(2).isstring() && args.arg(2).tojstring().equals(name);
          return asked && found.arg1() instanceof LuaFunction original
              ? wrapped(method, original)
              : found;
        });
  }

  private LuaFunction wrapped(String method, LuaFunction original) {
    LuaFunction known = wrapped.get(original);
    if (known == null) {
      known = module.wrap(method, original);
      wrapped.put(original, known);
      ours.add(known);
    }
    return known;
  }
}
