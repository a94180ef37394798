package dev.banyan.nginx.script;

import java.util.ArrayList;
import java.util.List;

/** Owned by one compilation: reads the words of an {@code if}. */
public final class ConditionParser {
  private ConditionParser() {}

  /**
   * Reads a condition; the words still carry their parentheses.
   *
   * @throws TemplateException in nginx's words
   */
  public static Condition parse(List<String> args, VariableLookup variables) {
    List<String> words = withoutParentheses(args);
    String first = words.getFirst();
    if (first.length() > 1 && first.charAt(0) == '$') {
      return ofVariable(words, variables);
    }
    boolean negated = first.startsWith("!-");
    String operator = negated ? first.substring(1) : first;
    for (FileTest test : FileTest.values()) {
      if (operator.equals("-" + test.letter())) {
        if (words.size() != 2) {
          throw new TemplateException("invalid condition \"" + first + "\"");
        }
        return new Condition.File(test, Template.compile(words.get(1), variables), negated);
      }
    }
    throw new TemplateException("invalid condition \"" + first + "\"");
  }

  private static List<String> withoutParentheses(List<String> args) {
    List<String> words = new ArrayList<>(args);
    String first = words.getFirst();
    if (!first.startsWith("(")) {
      throw new TemplateException("invalid condition \"" + first + "\"");
    }
    if (first.equals("(")) {
      words.removeFirst();
    } else {
      words.set(0, first.substring(1));
    }
    String last = words.isEmpty() ? "" : words.getLast();
    if (!last.endsWith(")")) {
      throw new TemplateException("invalid condition \"" + last + "\"");
    }
    if (last.equals(")")) {
      words.removeLast();
    } else {
      words.set(words.size() - 1, last.substring(0, last.length() - 1));
    }
    if (words.isEmpty() || words.getFirst().isEmpty()) {
      throw new TemplateException("invalid condition \")\"");
    }
    return words;
  }

  private static Condition ofVariable(List<String> words, VariableLookup variables) {
    Variable variable = variable(words.getFirst().substring(1), variables);
    if (words.size() == 1) {
      return new Condition.Truthy(variable);
    }
    String operator = words.get(1);
    if (words.size() != 3) {
      throw new TemplateException("invalid condition \"" + words.getFirst() + "\"");
    }
    String operand = words.get(2);
    return switch (operator) {
      case "=" -> new Condition.Equals(variable, Template.compile(operand, variables), false);
      case "!=" -> new Condition.Equals(variable, Template.compile(operand, variables), true);
      case "~", "~*", "!~", "!~*" ->
          new Condition.Matches(
              variable,
              ConfRegex.compile(operand, operator.endsWith("*"), variables),
              operator.startsWith("!"));
      default -> throw new TemplateException("unexpected \"" + operator + "\" in condition");
    };
  }

  private static Variable variable(String name, VariableLookup variables) {
    Variable variable = variables.find(name);
    if (variable == null) {
      throw new TemplateException("unknown \"" + name + "\" variable");
    }
    return variable;
  }
}
