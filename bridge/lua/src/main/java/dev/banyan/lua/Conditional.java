package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The conditional jumps among the instructions: what they ask, and how they are carried out. */
final class Conditional {
  private static final int LONGEST_LITERAL = 30;

  private Conditional() {}

  static boolean is(int instruction) {
    return kind(instruction) != null;
  }

  static BranchOutcome.@Nullable Kind kind(int instruction) {
    return switch (Code.op(instruction)) {
      case Lua.OP_TEST, Lua.OP_TESTSET -> BranchOutcome.Kind.TRUTH;
      case Lua.OP_EQ, Code.EQK, Lua.OP_LT, Lua.OP_LE -> BranchOutcome.Kind.COMPARISON;
      case Lua.OP_FORLOOP, Lua.OP_TFORLOOP -> BranchOutcome.Kind.LOOP;
      default -> null;
    };
  }

  /** Whether what the instruction asks holds; carries out what it does beside the jump. */
  static boolean holds(LuaVm vm, Code code, int pc, LuaValue[] s) {
    int i = code.text[pc];
    int a = Code.a(i);
    return switch (Code.op(i)) {
      case Lua.OP_TEST -> s[a].toboolean();
      case Lua.OP_TESTSET -> {
        LuaValue value = s[Code.b(i)];
        boolean truth = value.toboolean();
        if (truth == (Code.c(i) != 0)) {
          s[a] = value;
        }
        yield truth;
      }
      case Lua.OP_EQ, Code.EQK ->
          Semantics.equal(vm, operand(code, s, Code.b(i)), operand(code, s, Code.c(i)));
      case Lua.OP_LT ->
          Semantics.lessThan(vm, operand(code, s, Code.b(i)), operand(code, s, Code.c(i)));
      case Lua.OP_LE ->
          Semantics.lessEqual(vm, operand(code, s, Code.b(i)), operand(code, s, Code.c(i)));
      case Lua.OP_FORLOOP -> Interpreter.forLoop(s, a);
      case Lua.OP_TFORLOOP -> {
        boolean more = !s[a + 1].isnil();
        if (more) {
          s[a] = s[a + 1];
        }
        yield more;
      }
      default -> throw new IllegalStateException("no conditional jump at " + pc);
    };
  }

  /** Where the code goes on. */
  static int next(Code code, int pc, boolean holds) {
    int i = code.text[pc];
    boolean wanted =
        switch (Code.op(i)) {
          case Lua.OP_TEST, Lua.OP_TESTSET -> Code.c(i) != 0;
          default -> Code.a(i) != 0;
        };
    return switch (Code.op(i)) {
      case Lua.OP_FORLOOP, Lua.OP_TFORLOOP -> holds ? pc + 1 + Code.sbx(i) : pc + 1;
      default -> holds == wanted ? pc + 1 : pc + 2;
    };
  }

  /** Whether only one way can be gone: what is tested was loaded just before and is never false. */
  static boolean isDecided(Code code, int pc) {
    int i = code.text[pc];
    int tested =
        switch (Code.op(i)) {
          case Lua.OP_TEST -> Code.a(i);
          case Lua.OP_TESTSET -> Code.b(i);
          default -> -1;
        };
    int before = pc == 0 ? 0 : code.text[pc - 1];
    boolean truth =
        switch (Code.op(before)) {
          case Lua.OP_LOADK, Lua.OP_NEWTABLE, Lua.OP_CLOSURE, Lua.OP_CONCAT -> true;
          case Lua.OP_SETLIST, Code.SETLISTK, Lua.OP_SETTABLE, Code.SETFIELD -> true;
          case Lua.OP_LOADBOOL -> Code.b(before) != 0 && Code.c(before) == 0;
          default -> false;
        };
    return truth && tested == Code.a(before) && !isTarget(code, pc);
  }

  private static boolean isTarget(Code code, int pc) {
    for (int at = 0; at < code.text.length; at++) {
      int i = code.text[at];
      boolean comes =
          switch (Code.op(i)) {
            case Lua.OP_JMP, Lua.OP_FORPREP, Lua.OP_FORLOOP, Lua.OP_TFORLOOP ->
                at + 1 + Code.sbx(i) == pc;
            case Lua.OP_LOADBOOL -> Code.c(i) != 0 && at + 2 == pc;
            default -> is(i) && at + 2 == pc;
          };
      if (comes) {
        return true;
      }
    }
    return false;
  }

  private static LuaValue operand(Code code, LuaValue[] s, int operand) {
    return Code.isConstant(operand) ? code.k[operand & 0xff] : s[operand];
  }

  /** What it asks of which value, in the words of the source as far as they are known. */
  static String subject(Code code, int pc) {
    int i = code.text[pc];
    return switch (Code.op(i)) {
      case Lua.OP_TEST -> name(code, pc, Code.a(i));
      case Lua.OP_TESTSET -> name(code, pc, Code.b(i));
      case Lua.OP_EQ, Code.EQK -> compared(code, pc, "==");
      case Lua.OP_LT -> compared(code, pc, "<");
      case Lua.OP_LE -> compared(code, pc, "<=");
      default -> "";
    };
  }

  private static String compared(Code code, int pc, String operator) {
    String left = name(code, pc, Code.b(code.text[pc]));
    String right = name(code, pc, Code.c(code.text[pc]));
    return left.isEmpty() && right.isEmpty()
        ? ""
        : (left.isEmpty() ? "…" : left) + " " + operator + " " + (right.isEmpty() ? "…" : right);
  }

  private static String name(Code code, int pc, int operand) {
    if (Code.isConstant(operand)) {
      return literal(code.k[operand & 0xff]);
    }
    VariableName name = VariableName.ofRegister(code, pc, operand);
    if (name != null) {
      return name.name();
    }
    int call = calledAt(code, pc, operand);
    VariableName called = call < 0 ? null : VariableName.ofRegister(code, call, operand);
    return called == null ? "" : called.name() + "(…)";
  }

  /** The call whose first result is in the register, if that is how it got its value; or -1. */
  private static int calledAt(Code code, int pc, int register) {
    for (int at = pc - 1; at >= 0 && at >= pc - 2; at--) {
      if (Code.op(code.text[at]) == Lua.OP_CALL && Code.a(code.text[at]) == register) {
        return at;
      }
    }
    return -1;
  }

  private static String literal(LuaValue constant) {
    if (!(constant instanceof LuaString)) {
      return LuaText.latin1(constant.tostring());
    }
    String text = LuaText.latin1(constant);
    return '"'
        + (text.length() > LONGEST_LITERAL ? text.substring(0, LONGEST_LITERAL) + "…" : text)
        + '"';
  }
}
