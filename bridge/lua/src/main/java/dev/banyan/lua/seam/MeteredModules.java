package dev.banyan.lua.seam;

import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by its machine's thread: calls of loaded modules are counted, and the CPU of one in {@link
 * #SAMPLED} is measured, until {@link #end}. The modules' functions are wrapped in their own
 * tables; who has taken one of them out of a table before is not heard.
 */
public final class MeteredModules {
  /**
   * Of so many calls from outside of the metered modules one is measured, with all that it calls.
   */
  public static final int SAMPLED = 16;

  private final Map<String, Meter> meters = new TreeMap<>();
  private final List<Wrapped> wrapped = new ArrayList<>();
  private @Nullable MeteredCall current;
  private int turn;
  private boolean ended;

  private MeteredModules() {}

  private record Wrapped(LuaTable table, LuaValue key, LuaFunction inner, LuaFunction wrapper) {}

  /**
   * What calls of a module took.
   *
   * @param calls from anywhere
   * @param measured how many of them were measured
   * @param nanos of CPU that those took, without their waiting and without the calls of other
   *     metered modules inside them
   */
  public record Usage(long calls, long measured, long nanos) {
    /** None. */
    public static final Usage NONE = new Usage(0, 0, 0);

    /** Both together. */
    public Usage plus(Usage other) {
      return new Usage(calls + other.calls, measured + other.measured, nanos + other.nanos);
    }
  }

  /** One module's sums. */
  static final class Meter {
    private long calls;
    private long measured;
    private long nanos;

    void add(boolean wasMeasured, long own) {
      calls++;
      if (wasMeasured) {
        measured++;
        nanos += own;
      }
    }

    private Usage usage() {
      return new Usage(calls, measured, Math.max(0, nanos));
    }
  }

  /** Begins to meter those of these modules that are loaded and are tables of functions. */
  public static MeteredModules begin(LuaVm vm, Collection<String> names) {
    MeteredModules modules = new MeteredModules();
    for (String name : names) {
      if (vm.modules().loaded().rawget(LuaText.of(name)) instanceof LuaTable table) {
        modules.wrap(name, table);
      }
    }
    return modules;
  }

  private void wrap(String name, LuaTable table) {
    Map<String, LuaFunction> functions = RecordingModule.functions(table);
    if (functions.isEmpty()) {
      return;
    }
    Meter meter = new Meter();
    meters.put(name, meter);
    functions.forEach((function, inner) -> {
      LuaFunction wrapper = NativeFunction.of(function, args -> call(meter, inner, args));
      LuaValue key = LuaText.of(function);
      wrapped.add(new Wrapped(table, key, inner, wrapper));
      table.rawset(key, wrapper);
    });
  }

  private Varargs call(Meter meter, LuaFunction inner, Varargs args) {
    if (ended) {
      return inner.invoke(args);
    }
    MeteredCall call = MeteredCall.enter(this, meter);
    try {
      return inner.invoke(args);
    } finally {
      call.leave();
    }
  }

  /** What was counted so far, by module. */
  public Map<String, Usage> usage() {
    Map<String, Usage> usage = new TreeMap<>();
    meters.forEach((name, meter) -> usage.put(name, meter.usage()));
    return usage;
  }

  /** Ends metering; a function that somebody else has replaced meanwhile is left as it is. */
  @SuppressWarnings("ReferenceEquality")
  public void end() {
    ended = true;
    for (Wrapped one : wrapped) {
      if (one.table().rawget(one.key()) == one.wrapper()) {
        one.table().rawset(one.key(), one.inner());
      }
    }
  }

  @Nullable MeteredCall current() {
    return current;
  }

  void current(@Nullable MeteredCall call) {
    current = call;
  }

  boolean isTurn() {
    return turn++ % SAMPLED == 0;
  }
}
