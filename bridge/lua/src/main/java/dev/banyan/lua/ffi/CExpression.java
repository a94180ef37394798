package dev.banyan.lua.ffi;

import java.util.List;

/** Owned by one parser: computes the constant expressions of declarations. */
final class CExpression {
  private static final List<List<String>> LEVELS =
      List.of(
          List.of("||"),
          List.of("&&"),
          List.of("|"),
          List.of("^"),
          List.of("&"),
          List.of("==", "!="),
          List.of("<", ">", "<=", ">="),
          List.of("<<", ">>"),
          List.of("+", "-"),
          List.of("*", "/", "%"));

  private final CWords words;
  private final CParser parser;

  CExpression(CWords words, CParser parser) {
    this.words = words;
    this.parser = parser;
  }

  CConstant conditional() {
    CConstant condition = binary(0);
    if (!words.option("?")) {
      return condition;
    }
    parser.enter();
    CConstant yes = conditional();
    words.check(":");
    CConstant no = conditional();
    parser.leave();
    CConstant chosen = condition.isTrue() ? yes : no;
    return new CConstant(chosen.value(), yes.unsigned() || no.unsigned());
  }

  private CConstant binary(int level) {
    if (level == LEVELS.size()) {
      return unary();
    }
    CConstant left = binary(level + 1);
    while (words.current().kind() == CToken.Kind.SYMBOL
        && LEVELS.get(level).contains(words.current().text())) {
      String operator = words.current().text();
      words.next();
      left = apply(operator, left, binary(level + 1));
    }
    return left;
  }

  private CConstant apply(String operator, CConstant left, CConstant right) {
    boolean unsigned = left.unsigned() || right.unsigned();
    int a = left.value();
    int b = right.value();
    return switch (operator) {
      case "||" -> CConstant.of(left.isTrue() || right.isTrue());
      case "&&" -> CConstant.of(left.isTrue() && right.isTrue());
      case "|" -> new CConstant(a | b, unsigned);
      case "^" -> new CConstant(a ^ b, unsigned);
      case "&" -> new CConstant(a & b, unsigned);
      case "==" -> CConstant.of(a == b);
      case "!=" -> CConstant.of(a != b);
      case "<" -> CConstant.of(order(a, b, unsigned) < 0);
      case ">" -> CConstant.of(order(a, b, unsigned) > 0);
      case "<=" -> CConstant.of(order(a, b, unsigned) <= 0);
      case ">=" -> CConstant.of(order(a, b, unsigned) >= 0);
      case "<<" -> new CConstant(a << b, left.unsigned());
      case ">>" -> new CConstant(left.unsigned() ? a >>> b : a >> b, left.unsigned());
      case "+" -> new CConstant(a + b, unsigned);
      case "-" -> new CConstant(a - b, unsigned);
      case "*" -> new CConstant(a * b, unsigned);
      default -> divide(operator, left, right, unsigned);
    };
  }

  private static int order(int a, int b, boolean unsigned) {
    return unsigned ? Integer.compareUnsigned(a, b) : Integer.compare(a, b);
  }

  private CConstant divide(String operator, CConstant left, CConstant right, boolean unsigned) {
    if (right.value() == 0) {
      throw words.error("invalid value");
    }
    int a = left.value();
    int b = right.value();
    int result;
    if (operator.equals("/")) {
      result = unsigned ? Integer.divideUnsigned(a, b) : a / b;
    } else {
      result = unsigned ? Integer.remainderUnsigned(a, b) : a % b;
    }
    return new CConstant(result, unsigned);
  }

  private CConstant unary() {
    parser.enter();
    CConstant value = operand();
    parser.leave();
    return value;
  }

  private CConstant operand() {
    if (words.option("+")) {
      return unary();
    }
    if (words.option("-")) {
      CConstant operand = unary();
      return new CConstant(-operand.value(), operand.unsigned());
    }
    if (words.option("~")) {
      CConstant operand = unary();
      return new CConstant(~operand.value(), operand.unsigned());
    }
    if (words.option("!")) {
      return CConstant.of(!unary().isTrue());
    }
    CToken word = words.current();
    if (word.isWord("sizeof") || word.isWord("__alignof__") || word.isWord("_Alignof")) {
      return measure(word.isWord("sizeof"));
    }
    return primary();
  }

  private CConstant measure(boolean size) {
    words.next();
    words.check("(");
    CType type = parser.typeName();
    words.check(")");
    if (type.size() == CType.NO_SIZE) {
      throw words.error(Memory.NO_SIZE);
    }
    return new CConstant((int) (size ? type.size() : type.align()), true);
  }

  private CConstant primary() {
    CToken word = words.current();
    if (word.kind() == CToken.Kind.INTEGER) {
      words.next();
      return word.value();
    }
    if (words.option("(")) {
      return parenthesis();
    }
    Long constant = word.kind() == CToken.Kind.IDENTIFIER ? parser.constant(word.text()) : null;
    if (constant != null) {
      words.next();
      return new CConstant((int) (long) constant, constant > Integer.MAX_VALUE);
    }
    throw words.near("unexpected symbol");
  }

  private CConstant parenthesis() {
    if (!parser.startsType()) {
      CConstant inner = conditional();
      words.check(")");
      return inner;
    }
    CType type = parser.typeName();
    words.check(")");
    CConstant operand = unary();
    long value = Cells.truncate(type, operand.number());
    return new CConstant((int) value, type.unsigned && type.size() >= 4);
  }
}
