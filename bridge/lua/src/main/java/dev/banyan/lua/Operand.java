package dev.banyan.lua;

import org.jspecify.annotations.Nullable;

/** Which operand of the current instruction an error is about. */
enum Operand {
  INDEXED,
  CALLED,
  FIRST,
  SECOND;

  /** {@code local 'x'}, {@code field 'y'} and so on, or nothing when the operand has no name. */
  String name(Coroutine running) {
    Frame frame = running.top();
    BridgeClosure closure = frame == null ? null : frame.closure();
    if (frame == null || closure == null) {
      return "";
    }
    return describe(locate(closure.code, frame.pc - 1));
  }

  /** The name of a register of the running code, or nothing. */
  static String ofRegister(Coroutine running, int register) {
    Frame frame = running.top();
    BridgeClosure closure = frame == null ? null : frame.closure();
    if (frame == null || closure == null || register < 0) {
      return "";
    }
    return describe(VariableName.ofRegister(closure.code, frame.pc - 1, register));
  }

  private static String describe(@Nullable VariableName name) {
    return name == null ? "" : name.kind() + " '" + name.name() + "'";
  }

  private @Nullable VariableName locate(Code code, int pc) {
    int op = code.text[pc];
    return switch (this) {
      case INDEXED -> VariableName.ofIndexed(code, pc);
      case CALLED -> {
        int register = code.calledRegister(pc);
        yield register < 0 ? null : VariableName.ofRegister(code, pc, register);
      }
      case FIRST -> VariableName.ofOperand(code, pc, Code.b(op));
      case SECOND -> VariableName.ofOperand(code, pc, code.isUnary(pc) ? Code.b(op) : Code.c(op));
    };
  }
}
