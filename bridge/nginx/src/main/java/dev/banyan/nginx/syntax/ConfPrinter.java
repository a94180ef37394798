package dev.banyan.nginx.syntax;

import java.util.List;

/** Prints a syntax tree as a configuration that parses to the same tree, lines and files aside. */
public final class ConfPrinter {
  private final StringBuilder out = new StringBuilder();

  private ConfPrinter() {}

  /** The directives as text, indented by four spaces a level. */
  public static String print(List<Directive> directives) {
    ConfPrinter printer = new ConfPrinter();
    directives.forEach(d -> printer.directive(d, 0));
    return printer.out.toString();
  }

  private void directive(Directive directive, int depth) {
    String indent = "    ".repeat(depth);
    boolean lua = Directive.holdsLua(directive.name()) && !directive.args().isEmpty();
    int words = directive.args().size() - (lua ? 1 : 0);
    out.append(indent).append(word(directive.name()));
    directive.args().subList(0, words).forEach(arg -> out.append(' ').append(word(arg)));
    if (lua) {
      out.append(" {").append(directive.args().getLast()).append("}\n");
    } else if (directive.block() == null) {
      out.append(";\n");
    } else {
      out.append(" {\n");
      directive.block().forEach(child -> directive(child, depth + 1));
      out.append(indent).append("}\n");
    }
  }

  private static String word(String word) {
    return isPlain(word) ? word : '"' + escaped(word) + '"';
  }

  private static boolean isPlain(String word) {
    return !word.isEmpty() && word.chars().noneMatch(c -> " \t\r\n;{}\"'\\#".indexOf(c) >= 0);
  }

  private static String escaped(String word) {
    return word.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
