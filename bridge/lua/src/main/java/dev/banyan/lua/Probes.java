package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Lua;

/** Which instructions of a function coverage waits for. */
final class Probes {
  private Probes() {}

  /** Whether a line begins at {@code pc}. */
  static boolean beginsLine(Code code, int pc) {
    boolean first = pc == 0 || code.line(pc) != code.line(pc - 1);
    return first && Code.op(code.text[pc]) != Lua.OP_EXTRAARG;
  }

  /** What the conditional jump at {@code pc} asks; null where none is, or it is decided before. */
  static BranchOutcome.@Nullable Kind jump(Code code, int pc) {
    BranchOutcome.Kind kind = Conditional.kind(code.text[pc]);
    return kind == null || isOperand(code, pc) || Conditional.isDecided(code, pc) ? null : kind;
  }

  /** Whether the word at {@code pc} is the second half of the instruction before it. */
  private static boolean isOperand(Code code, int pc) {
    int before = pc == 0 ? 0 : code.text[pc - 1];
    return Code.op(before) == Lua.OP_SETLIST && Code.c(before) == 0;
  }

  /** Arms an instruction. */
  static void set(Code code, int pc) {
    code.ops[pc] = (code.text[pc] & ~0x3f) | Code.ARMED;
  }

  /** Puts all instructions of a function back. */
  static void restore(Code code) {
    System.arraycopy(code.text, 0, code.ops, 0, code.ops.length);
    code.text = code.ops;
    code.coverage = null;
  }

  /** The chunk that a function is written in. */
  static Code chunk(Code code) {
    Code chunk = code;
    for (Code above = chunk.parent; above != null; above = above.parent) {
      chunk = above;
    }
    return chunk;
  }
}
