package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Semantics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one machine: functions that pointers point to. Those of Lua stay until they are freed,
 * as in LuaJIT, and there are only so many.
 */
final class Callbacks {
  /** About as many as LuaJIT has room for. */
  private static final int MOST = 900;

  private static final String BAD = "bad callback";

  private final CObjects objects;
  private final Set<Callback> used = new HashSet<>();
  private final Map<LuaString, LuaValue> methods = new HashMap<>();

  /** A function of Lua that is called as a function of C. */
  private static final class Callback {
    /** What keeps the pointer's number alive. */
    private @Nullable PointerData place;

    private @Nullable LuaFunction function;
  }

  Callbacks(CObjects objects) {
    this.objects = objects;
    methods.put(
        LuaText.of("set"),
        NativeFunction.of(
            "set",
            args -> {
              if (!(LuaArgs.arg(args, 2) instanceof LuaFunction function)) {
                throw LuaErrors.type(2, "function", LuaArgs.arg(args, 2));
              }
              at(args).function = function;
              return LuaValue.NONE;
            }));
    methods.put(
        LuaText.of("free"),
        NativeFunction.of(
            "free",
            args -> {
              Callback callback = at(args);
              callback.function = null;
              callback.place = null;
              used.remove(callback);
              return LuaValue.NONE;
            }));
  }

  /** Whether functions of a type can be of Lua. */
  static boolean may(CType type) {
    CSignature signature = type.signature();
    return !signature.variadic()
        && (signature.result().is(CType.Kind.VOID) || passes(signature.result()))
        && signature.parameters().stream().allMatch(Callbacks::passes);
  }

  private static boolean passes(CType type) {
    return type.is(CType.Kind.POINTER) || (type.isNumber() && type.size() <= Long.BYTES);
  }

  /** A pointer to a function of Lua. */
  PointerData create(CType type, LuaFunction function) {
    if (used.size() == MOST) {
      throw LuaErrors.raise("too many callbacks");
    }
    Callback callback = new Callback();
    callback.function = function;
    PointerData place = objects.create(callback);
    callback.place = place;
    used.add(callback);
    return new PointerData(type, place.memory, place.offset);
  }

  /** A pointer to a function that Java has. */
  PointerData pointer(CType type, CFunction function) {
    PointerData place = objects.constant(function);
    return new PointerData(type, place.memory, place.offset);
  }

  /** What Lua may call of a pointer to a function; null for another name. */
  @Nullable LuaValue method(LuaString name) {
    return methods.get(name);
  }

  private Callback at(Varargs args) {
    if (args.arg1() instanceof PointerData pointer) {
      Callback callback = objects.at(pointer, Callback.class).orElse(null);
      if (callback != null && callback.function != null) {
        return callback;
      }
    }
    throw LuaErrors.raise(BAD);
  }

  /** Calls what a pointer points to. */
  LuaValue call(FfiState state, PointerData pointer, Varargs args) {
    CSignature signature = pointer.ctype().element().signature();
    CFunction known = objects.at(pointer, CFunction.class).orElse(null);
    if (known != null) {
      return known.invoke(state, signature, args);
    }
    Callback callback = objects.at(pointer, Callback.class).orElse(null);
    if (callback == null) {
      throw LuaErrors.raise("attempt to call through a pointer to no function");
    }
    LuaFunction function = callback.function;
    if (function == null) {
      throw LuaErrors.raise(BAD);
    }
    return result(
        state, signature.result(), function.invoke(passed(state, signature, args)).arg1());
  }

  private static Varargs passed(FfiState state, CSignature signature, Varargs args) {
    CFunction.checkCount(signature, args);
    LuaValue[] passed = new LuaValue[signature.parameters().size()];
    for (int i = 0; i < passed.length; i++) {
      CType type = signature.parameters().get(i);
      LuaValue value = args.arg(i + 1);
      passed[i] =
          type.is(CType.Kind.POINTER)
              ? state.conversions.pointer(type, value, false, i + 1)
              : Cells.value(type, state.conversions.bits(type, value, false, i + 1));
    }
    return LuaValue.varargsOf(passed);
  }

  private static LuaValue result(FfiState state, CType type, LuaValue value) {
    return switch (type.kind) {
      case VOID -> LuaValue.NONE;
      case POINTER -> state.conversions.pointer(type, value, false, 0);
      default -> Cells.value(type, state.conversions.bits(type, value, false, 0));
    };
  }

  /** Calls what compares: a negative number, zero or a positive one. */
  static int compare(FfiState state, PointerData comparator, PointerData a, PointerData b) {
    LuaValue result = Semantics.call(state.vm, comparator, LuaValue.varargsOf(a, b)).arg1();
    return (int) state.conversions.bits(CType.INT, result, false, 0);
  }
}
