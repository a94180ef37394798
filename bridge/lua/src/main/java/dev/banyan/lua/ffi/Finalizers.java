package dev.banyan.lua.ffi;

import dev.banyan.lua.CData;
import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one machine: what Lua wants to be called when data of C is gone. Java tells that at some
 * time after its collector has seen it; the function is then called by the next one that makes
 * data, or asks for a finalizer. It gets new data in the place of the one that is gone, with the
 * same memory.
 */
final class Finalizers {
  private static final LuaString GC = LuaText.of("__gc");

  private final FfiState state;
  private final Map<CData, Pending> pending = new WeakHashMap<>();
  private final Set<Pending> alive = new HashSet<>();
  private final ReferenceQueue<CData> gone = new ReferenceQueue<>();
  private long made;

  /** A function that waits for data to go. */
  private static final class Pending extends PhantomReference<CData> {
    private final FfiData again;
    private final LuaValue function;
    private final long number;

    Pending(FfiData data, LuaValue function, long number, ReferenceQueue<CData> queue) {
      super(data, queue);
      this.again = data.again();
      this.function = function;
      this.number = number;
    }
  }

  Finalizers(FfiState state) {
    this.state = state;
  }

  /** {@code ffi.gc(cdata, finalizer)}. */
  Varargs set(Varargs args) {
    LuaValue value = LuaArgs.arg(args, 1);
    if (!(value instanceof CData data)) {
      throw LuaErrors.type(1, "cdata", value);
    }
    LuaValue function = LuaArgs.checkAny(args, 2);
    boolean collected =
        value instanceof PointerData || (value instanceof ValueData v && !v.ctype().isCompound());
    if (!collected && (value instanceof FfiData || value instanceof Int64)) {
      throw LuaErrors.argument(1, "invalid C type");
    }
    run();
    Pending before = pending.remove(data);
    if (before != null) {
      before.clear();
      alive.remove(before);
    }
    if (!function.isnil() && value instanceof FfiData known) {
      add(known, function);
    }
    return value;
  }

  /** New data, for which its metatype may want a finalizer. */
  LuaValue begin(LuaValue value) {
    if (value instanceof ValueData data && data.ctype().is(CType.Kind.STRUCT)) {
      LuaTable metatype = data.ctype().body().metatype();
      LuaValue function = metatype == null ? LuaValue.NIL : metatype.rawget(GC);
      if (!function.isnil()) {
        add(data, function);
      }
    }
    run();
    return value;
  }

  private void add(FfiData data, LuaValue function) {
    Pending fresh = new Pending(data, function, made++, gone);
    pending.put(data, fresh);
    alive.add(fresh);
  }

  /** Calls what data that is gone has left, the youngest first. */
  private void run() {
    if (alive.isEmpty()) {
      return;
    }
    List<Pending> left = new ArrayList<>();
    for (Reference<?> each = gone.poll(); each != null; each = gone.poll()) {
      if (each instanceof Pending lost && alive.remove(lost)) {
        left.add(lost);
      }
    }
    left.sort(Comparator.comparingLong((Pending each) -> each.number).reversed());
    Handlers handlers = new Handlers(state, new Creation(state));
    for (Pending each : left) {
      handlers.call(each.function, each.again);
    }
  }
}
