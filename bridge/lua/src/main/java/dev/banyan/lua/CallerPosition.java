package dev.banyan.lua;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the code stands that called the native which is running.
 *
 * @param source the chunk's name as messages print it, or {@code [C]}
 * @param line the current line, or -1 where there is none
 * @param function the name by which the code's own caller calls it, or null
 */
public record CallerPosition(String source, int line, @Nullable String function) {

  /** The position of the running native's caller. */
  public static CallerPosition of(LuaVm vm) {
    List<CallLevels.Level> levels = CallLevels.seenBy(vm.running(), null);
    if (levels.size() < 2) {
      return new CallerPosition("[C]", -1, null);
    }
    CallLevels.Level level = levels.get(1);
    BridgeClosure closure = level.closure();
    Frame frame = level.frame();
    if (closure == null || frame == null) {
      return new CallerPosition("[C]", -1, null);
    }
    VariableName name = level.name();
    return new CallerPosition(
        closure.code.shortSource, frame.line(), name == null ? null : name.name());
  }
}
