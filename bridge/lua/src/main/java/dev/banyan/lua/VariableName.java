package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaString;

/**
 * The name by which source code knows a value, found in the instructions that loaded it.
 *
 * @param kind {@code local}, {@code global}, {@code upvalue}, {@code field}, {@code method} or
 *     {@code metamethod}
 * @param name the identifier
 */
record VariableName(String kind, String name) {

  /** The name of an operand that may be a constant. */
  static @Nullable VariableName ofOperand(Code code, int pc, int operand) {
    return Code.isConstant(operand) ? null : ofRegister(code, pc, operand);
  }

  /** The name of what the instruction at {@code pc} calls, be it only by a metatable. */
  static @Nullable VariableName ofCalled(Code code, int pc) {
    if (pc < 0) {
      return null;
    }
    int register = code.calledRegister(pc);
    if (register >= 0) {
      return ofRegister(code, pc, register);
    }
    int op = Code.op(code.text[pc]);
    if (op == Lua.OP_TFORCALL) {
      return new VariableName("local", "(for generator)");
    }
    String event = MetaEvents.of(op);
    return event == null ? null : new VariableName("metamethod", event);
  }

  /** The name of what the instruction at {@code pc} indexes. */
  static @Nullable VariableName ofIndexed(Code code, int pc) {
    int i = code.text[pc];
    return switch (Code.op(i)) {
      case Lua.OP_GETTABLE, Lua.OP_SELF, Code.GETFIELD, Code.GETREG, Code.SELFK ->
          ofRegister(code, pc, Code.b(i));
      case Lua.OP_SETTABLE, Code.SETFIELD -> ofRegister(code, pc, Code.a(i));
      case Lua.OP_GETTABUP, Code.GETUPFIELD ->
          new VariableName("upvalue", code.upvalueNames[Code.b(i)]);
      case Lua.OP_SETTABUP -> new VariableName("upvalue", code.upvalueNames[Code.a(i)]);
      default -> null;
    };
  }

  /** The name of the value in a register at the instruction {@code pc}. */
  static @Nullable VariableName ofRegister(Code code, int pc, int register) {
    String local = code.localName(register, pc);
    if (local != null) {
      return local.startsWith("(") ? null : new VariableName("local", local);
    }
    int setter = setter(code, pc, register);
    if (setter < 0) {
      return null;
    }
    int i = code.text[setter];
    return switch (Code.op(i)) {
      case Lua.OP_MOVE -> Code.b(i) < Code.a(i) ? ofRegister(code, setter, Code.b(i)) : null;
      case Code.GETGLOBAL -> constant(code, "global", Code.c(i));
      case Code.GETFIELD, Code.GETUPFIELD, Lua.OP_GETTABLE, Lua.OP_GETTABUP ->
          constant(code, "field", Code.c(i));
      case Lua.OP_GETUPVAL -> new VariableName("upvalue", code.upvalueNames[Code.b(i)]);
      case Code.SELFK -> constant(code, "method", Code.c(i));
      default -> null;
    };
  }

  private static @Nullable VariableName constant(Code code, String kind, int operand) {
    if (Code.isConstant(operand) && code.k[operand & 0xff] instanceof LuaString name) {
      return new VariableName(kind, LuaText.latin1(name));
    }
    return null;
  }

  /**
   * The last instruction before {@code pc} that sets a register, or -1. Jumps are not followed, as
   * LuaJIT doesn't: after {@code (a or b)} the name is {@code b}'s.
   */
  private static int setter(Code code, int pc, int register) {
    for (int at = pc - 1; at >= 0; at--) {
      if (sets(code.text[at], register)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean sets(int i, int register) {
    int a = Code.a(i);
    return switch (Code.op(i)) {
      case Lua.OP_LOADNIL -> a <= register && register <= a + Code.b(i);
      case Lua.OP_TFORCALL -> register >= a + 3;
      case Lua.OP_CALL, Lua.OP_TAILCALL, Lua.OP_VARARG -> register >= a;
      case Lua.OP_SELF, Code.SELFK -> register == a || register == a + 1;
      case Lua.OP_JMP,
          Lua.OP_SETTABUP,
          Lua.OP_SETUPVAL,
          Lua.OP_SETTABLE,
          Lua.OP_EQ,
          Lua.OP_LT,
          Lua.OP_LE,
          Lua.OP_TEST,
          Lua.OP_RETURN,
          Lua.OP_SETLIST,
          Lua.OP_EXTRAARG,
          Code.SETGLOBAL,
          Code.SETFIELD,
          Code.EQK ->
          false;
      default -> a == register;
    };
  }
}
