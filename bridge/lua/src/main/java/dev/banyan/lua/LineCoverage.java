package dev.banyan.lua;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaFunction;

/**
 * Owned by one machine: which lines of one Lua file's functions run while calls are watched.
 *
 * <p>Each line's first instruction is replaced by one that tells and puts the other back, so a line
 * costs something once and code that isn't armed costs nothing. A line that runs while no call is
 * watched is armed again before the next one. The file's own level, which runs while it is loaded,
 * is left out, and so is a function's last {@code end}.
 */
public final class LineCoverage {
  private final List<Code> armed = new ArrayList<>();
  private final NavigableSet<Integer> lines = new TreeSet<>();
  private final NavigableSet<Integer> reached = new TreeSet<>();
  private final List<Missed> missed = new ArrayList<>();
  private int watched;
  private int finds;

  /** An instruction that ran unwatched. */
  private record Missed(Code code, int pc) {}

  private LineCoverage() {}

  /**
   * Arms all functions of the file that a function is written in.
   *
   * @return null when the function isn't Lua's, or coverage of its file is taken already
   */
  public static @Nullable LineCoverage arm(LuaFunction function) {
    if (!(function instanceof BridgeClosure closure)) {
      return null;
    }
    Code chunk = closure.code;
    for (Code above = chunk.parent; above != null; above = above.parent) {
      chunk = above;
    }
    LineCoverage coverage = new LineCoverage();
    for (Code child : chunk.children) {
      if (child.coverage != null) {
        return null;
      }
      coverage.arm(child);
    }
    return coverage;
  }

  private void arm(Code code) {
    code.text = code.ops.clone();
    code.coverage = this;
    armed.add(code);
    for (int pc = 0; pc < code.ops.length - 1; pc++) {
      boolean first = pc == 0 || code.line(pc) != code.line(pc - 1);
      if (first && Code.op(code.ops[pc]) != Lua.OP_EXTRAARG) {
        lines.add(code.line(pc));
        set(code, pc);
      }
    }
    for (Code child : code.children) {
      arm(child);
    }
  }

  private static void set(Code code, int pc) {
    code.ops[pc] = (code.text[pc] & ~0x3f) | Code.ARMED;
  }

  void reached(Code code, int pc) {
    if (watched > 0) {
      if (reached.add(code.line(pc))) {
        finds++;
      }
    } else {
      missed.add(new Missed(code, pc));
    }
  }

  /** A call is watched from now on; answers what {@link #leave} wants to know. */
  public int enter() {
    if (watched++ == 0) {
      missed.forEach(one -> set(one.code(), one.pc()));
      missed.clear();
    }
    return finds;
  }

  /**
   * A watched call has ended.
   *
   * @param finds what {@link #enter} answered
   * @return whether a line was reached for the first time since, by this call or by one that ran at
   *     the same time
   */
  public boolean leave(int finds) {
    watched--;
    return this.finds > finds;
  }

  /** Puts all instructions back. */
  public void disarm() {
    for (Code code : armed) {
      System.arraycopy(code.text, 0, code.ops, 0, code.ops.length);
      code.text = code.ops;
      code.coverage = null;
    }
    armed.clear();
    missed.clear();
  }

  /** The lines that hold code of functions. */
  public NavigableSet<Integer> lines() {
    return new TreeSet<>(lines);
  }

  /** Those of them that watched calls have run. */
  public NavigableSet<Integer> reached() {
    return new TreeSet<>(reached);
  }
}
