package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** Which operand of the current instruction an error is about. */
@SuppressWarnings("ReferenceEquality")
enum Operand {
  INDEXED,
  CALLED,
  FIRST,
  SECOND,
  VALUE;

  /** {@code local 'x'}, {@code field 'y'} and so on, or nothing when the operand has no name. */
  String name(Coroutine running, LuaValue value) {
    Frame frame = running.top();
    BridgeClosure closure = frame == null ? null : frame.closure();
    if (frame == null || closure == null) {
      return "";
    }
    VariableName name = locate(closure.code, frame, value);
    return name == null ? "" : name.kind() + " '" + name.name() + "'";
  }

  private @Nullable VariableName locate(Code code, Frame frame, LuaValue value) {
    int pc = frame.pc - 1;
    int op = code.ops[pc];
    return switch (this) {
      case INDEXED -> VariableName.ofIndexed(code, pc);
      case CALLED -> {
        int register = code.calledRegister(pc);
        yield register < 0 ? null : VariableName.ofRegister(code, pc, register);
      }
      case FIRST -> VariableName.ofOperand(code, pc, Code.b(op));
      case SECOND -> VariableName.ofOperand(code, pc, code.isUnary(pc) ? Code.b(op) : Code.c(op));
      case VALUE -> {
        for (int r = Code.c(op); r >= Code.b(op); r--) {
          if (frame.registers[r] == value) {
            yield VariableName.ofRegister(code, pc, r);
          }
        }
        yield null;
      }
    };
  }
}
