package dev.banyan.lua;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * What {@code debug.*}, {@code getfenv} and kin see of functions and stacks.
 *
 * <p>Levels count from 0, the native that asks ({@code self}, or null when it has no frame).
 */
public final class Introspection {
  private Introspection() {}

  private static CallLevels.@Nullable Level level(
      Coroutine thread, @Nullable LuaFunction self, int level) {
    List<CallLevels.Level> levels =
        thread.status() == Coroutine.Status.RUNNING
            ? CallLevels.seenBy(thread, self)
            : CallLevels.of(thread);
    return level >= 0 && level < levels.size() ? levels.get(level) : null;
  }

  /** The function at a level, or null when the stack is less deep. */
  public static @Nullable LuaFunction functionAt(
      Coroutine thread, @Nullable LuaFunction self, int level) {
    CallLevels.Level found = level(thread, self, level);
    return found == null ? null : found.function();
  }

  /** The globals that a function sees. */
  public static LuaTable environment(LuaVm vm, LuaFunction function) {
    return function instanceof BridgeClosure closure ? closure.environment : vm.globals();
  }

  /** Gives a Lua function other globals; false for natives. */
  public static boolean setEnvironment(LuaFunction function, LuaTable environment) {
    if (function instanceof BridgeClosure closure) {
      closure.environment = environment;
      return true;
    }
    return false;
  }

  // ---- upvalues

  private static @Nullable Upvalue find(LuaFunction function, int index) {
    if (function instanceof BridgeClosure closure) {
      int raw = rawIndex(closure.code, index);
      return raw < 0 ? null : closure.upvalues[raw];
    }
    return null;
  }

  /** The place of the n-th upvalue, the environment not counted. */
  private static int rawIndex(Code code, int index) {
    int left = index;
    for (int i = 0; i < code.upvalueNames.length; i++) {
      if (!code.isEnvironment(i) && --left == 0) {
        return i;
      }
    }
    return -1;
  }

  /** The name of a function's upvalue, or null when it has no such one. */
  public static @Nullable String upvalueName(LuaFunction function, int index) {
    if (function instanceof BridgeClosure closure) {
      int raw = rawIndex(closure.code, index);
      return raw < 0 ? null : closure.code.upvalueNames[raw];
    }
    return null;
  }

  /** The value of an upvalue, nil when there is none. */
  public static LuaValue upvalue(LuaFunction function, int index) {
    Upvalue upvalue = find(function, index);
    return upvalue == null ? LuaValue.NIL : upvalue.get();
  }

  /** Sets an upvalue that exists. */
  public static void setUpvalue(LuaFunction function, int index, LuaValue value) {
    Upvalue upvalue = find(function, index);
    if (upvalue != null) {
      upvalue.set(value);
    }
  }

  /** An object that two functions share exactly when they share the upvalue, or null. */
  public static @Nullable Object upvalueIdentity(LuaFunction function, int index) {
    return find(function, index);
  }

  /** Where a function was defined: its chunk's name with its sign, and the line. */
  public static String definedAt(LuaFunction function) {
    return function instanceof BridgeClosure closure
        ? closure.code.source + ":" + closure.code.firstLine
        : "=[C]:-1";
  }

  /** Makes an upvalue of one function refer to that of another; false when either is missing. */
  public static boolean joinUpvalue(LuaFunction target, int to, LuaFunction source, int from) {
    Upvalue upvalue = find(source, from);
    if (upvalue == null || !(target instanceof BridgeClosure closure)) {
      return false;
    }
    int raw = rawIndex(closure.code, to);
    if (raw < 0) {
      return false;
    }
    closure.upvalues[raw] = upvalue;
    return true;
  }

  // ---- locals

  /** The name of a parameter of a function that doesn't run, or null. */
  public static @Nullable String parameterName(LuaFunction function, int index) {
    return function instanceof BridgeClosure closure && index >= 1 && index <= closure.code.params
        ? closure.code.localName(index - 1, 0)
        : null;
  }

  /** The name of a local variable of running code, or null. */
  public static @Nullable String localName(
      Coroutine thread, @Nullable LuaFunction self, int level, int index) {
    CallLevels.Level found = level(thread, self, level);
    BridgeClosure closure = found == null ? null : found.closure();
    if (found == null || closure == null || found.frame() == null || index < 1) {
      return null;
    }
    return closure.code.localName(index - 1, found.frame().pc - 1);
  }

  /** The value of a local variable that has a name. */
  public static LuaValue local(Coroutine thread, @Nullable LuaFunction self, int level, int index) {
    CallLevels.Level found = level(thread, self, level);
    Frame frame = found == null ? null : found.frame();
    return frame == null ? LuaValue.NIL : frame.registers[index - 1];
  }

  /** Sets a local variable that has a name. */
  public static void setLocal(
      Coroutine thread, @Nullable LuaFunction self, int level, int index, LuaValue value) {
    CallLevels.Level found = level(thread, self, level);
    Frame frame = found == null ? null : found.frame();
    if (frame != null) {
      frame.registers[index - 1] = value;
    }
  }

  // ---- getinfo

  /** What {@code debug.getinfo} answers for a level, or null when the stack is less deep. */
  public static @Nullable Table describe(
      Coroutine thread, @Nullable LuaFunction self, int level, String what) {
    CallLevels.Level found = level(thread, self, level);
    LuaFunction function = found == null ? null : found.function();
    if (found == null || function == null) {
      return null;
    }
    Table info = describe(function, what);
    Frame frame = found.frame();
    if (what.indexOf('l') >= 0) {
      info.rawset("currentline", LuaInteger.valueOf(frame == null ? -1 : frame.line()));
    }
    if (what.indexOf('n') >= 0) {
      VariableName name = found.name();
      info.rawset("namewhat", LuaText.of(name == null ? "" : name.kind()));
      if (name != null) {
        info.rawset("name", LuaText.of(name.name()));
      }
    }
    return info;
  }

  /** What {@code debug.getinfo} answers for a function that need not run. */
  public static Table describe(LuaFunction function, String what) {
    Table info = new Table();
    Code code = function instanceof BridgeClosure closure ? closure.code : null;
    for (int i = 0; i < what.length(); i++) {
      switch (what.charAt(i)) {
        case 'S' -> describeSource(info, code);
        case 'l' -> info.rawset("currentline", LuaInteger.valueOf(-1));
        case 'u' -> describeVariables(info, code);
        case 'n' -> info.rawset("namewhat", LuaText.of(""));
        case 'f' -> info.rawset("func", function);
        case 'L' -> {
          if (code != null) {
            info.rawset("activelines", lines(code));
          }
        }
        default -> throw LuaErrors.argument(2, "invalid option");
      }
    }
    return info;
  }

  private static void describeSource(Table info, @Nullable Code code) {
    info.rawset("source", LuaText.of(code == null ? "=[C]" : code.source));
    info.rawset("short_src", LuaText.of(code == null ? "[C]" : code.shortSource));
    info.rawset("linedefined", LuaInteger.valueOf(code == null ? -1 : code.firstLine));
    info.rawset("lastlinedefined", LuaInteger.valueOf(code == null ? -1 : code.lastLine));
    String kind = code == null ? "C" : code.parent == null ? "main" : "Lua";
    info.rawset("what", LuaText.of(kind));
  }

  private static void describeVariables(Table info, @Nullable Code code) {
    int upvalues = 0;
    if (code != null) {
      for (int i = 0; i < code.upvalueNames.length; i++) {
        upvalues += code.isEnvironment(i) ? 0 : 1;
      }
    }
    info.rawset("nups", LuaInteger.valueOf(upvalues));
    info.rawset("nparams", LuaInteger.valueOf(code == null ? 0 : code.params));
    info.rawset("isvararg", LuaValue.valueOf(code == null || code.vararg));
  }

  private static Table lines(Code code) {
    Table lines = new Table();
    for (int line : code.lines) {
      lines.rawset(line, LuaValue.TRUE);
    }
    return lines;
  }
}
