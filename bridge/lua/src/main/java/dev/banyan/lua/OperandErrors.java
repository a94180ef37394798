package dev.banyan.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;

/** The errors of operators, which name the variable that held the wrong value as LuaJIT does. */
final class OperandErrors {
  private OperandErrors() {}

  static LuaError index(LuaVm vm, LuaValue object, boolean ofInstruction) {
    return ofInstruction
        ? operand(vm, "index", object, Operand.INDEXED)
        : LuaErrors.raise("attempt to index a " + object.typename() + " value");
  }

  static LuaError call(LuaVm vm, LuaValue callee) {
    return operand(vm, "call", callee, Operand.CALLED);
  }

  static LuaError length(LuaVm vm, LuaValue value) {
    return operand(vm, "get length of", value, Operand.SECOND);
  }

  static LuaError arithmetic(LuaVm vm, LuaValue a, LuaValue b) {
    boolean first = LuaNumbers.parse(a) == null;
    return operand(
        vm, "perform arithmetic on", first ? a : b, first ? Operand.FIRST : Operand.SECOND);
  }

  static LuaError concat(LuaVm vm, LuaValue a, LuaValue b, int register) {
    boolean right = a.isstring();
    String type = (right ? b : a).typename();
    String name = Operand.ofRegister(vm.running(), register < 0 ? -1 : register + (right ? 1 : 0));
    return LuaErrors.raise(
        "attempt to concatenate "
            + (name.isEmpty() ? "a " + type : name + " (a " + type)
            + (name.isEmpty() ? " value" : " value)"));
  }

  static LuaError compare(LuaValue a, LuaValue b) {
    return LuaErrors.raise(comparison(a, b));
  }

  static String comparison(LuaValue a, LuaValue b) {
    String left = a.typename();
    String right = b.typename();
    return left.equals(right)
        ? "attempt to compare two " + left + " values"
        : "attempt to compare " + left + " with " + right;
  }

  private static LuaError operand(LuaVm vm, String action, LuaValue value, Operand operand) {
    String name = operand.name(vm.running());
    String type = value.typename();
    return LuaErrors.raise(
        name.isEmpty()
            ? "attempt to " + action + " a " + type + " value"
            : "attempt to " + action + " " + name + " (a " + type + " value)");
  }
}
