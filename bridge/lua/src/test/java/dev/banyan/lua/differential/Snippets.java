package dev.banyan.lua.differential;

import java.util.ArrayList;
import java.util.List;

/** The snippets of the differential test: a file for each topic, and generated families. */
final class Snippets {
  private static final String[] VALUES = {
    "nil",
    "true",
    "false",
    "0",
    "-0.0",
    "1",
    "-1",
    "3.7",
    "-3.7",
    "2^31",
    "2^53",
    "-2^31",
    "1e15",
    "1e100",
    "1/0",
    "-1/0",
    "0/0",
    "0.1",
    "123456789012",
    "''",
    "'10'",
    "'0x10'",
    "' 5 '",
    "'abc'",
    "'1e2'",
    "{}",
    "print"
  };
  private static final String[] OPERATORS = {
    "+", "-", "*", "/", "%", "^", "..", "==", "~=", "<", "<=", ">", ">=", "and", "or"
  };
  private static final String[] FORMATS = {
    "%d",
    "%5d",
    "%-5d|",
    "%05d",
    "%+d",
    "% d",
    "%.3d",
    "%i",
    "%u",
    "%x",
    "%X",
    "%#x",
    "%o",
    "%c",
    "%e",
    "%.3e",
    "%E",
    "%f",
    "%.0f",
    "%10.2f",
    "%-10.2f|",
    "%+.1f",
    "%010.3f",
    "%g",
    "%.3g",
    "%.14g",
    "%.17g",
    "%#g",
    "%G",
    "%a",
    "%.2a",
    "%A",
    "%s",
    "%10s",
    "%-10s|",
    "%.2s",
    "%q"
  };
  private static final String[] FORMAT_VALUES = {
    "0",
    "1",
    "-1",
    "3.7",
    "-3.7",
    "65",
    "255",
    "2^31",
    "2^53",
    "-2^31",
    "1e15",
    "1e100",
    "1/0",
    "-1/0",
    "0/0",
    "0.1",
    "1e-5",
    "1e-10",
    "123456.789",
    "'10'",
    "'abc'",
    "nil",
    "true",
    "{}"
  };

  private Snippets() {}

  /**
   * A topic's file: snippets divided by lines of three dashes; in a file that starts with "lines",
   * each line is an expression of its own.
   */
  static List<String> ofTopic(String topic) {
    List<String> snippets = new ArrayList<>();
    for (String block : Prober.resource(topic + ".lua").split("(?m)^---$\n?")) {
      if (block.isBlank()) {
        continue;
      }
      if (!block.startsWith("--lines\n")) {
        snippets.add(block);
        continue;
      }
      for (String line : block.split("\n")) {
        if (!line.isBlank() && !line.startsWith("--")) {
          snippets.add("return " + line);
        }
      }
    }
    return snippets;
  }

  /** Every operator on pairs of values, every conversion of format on values. */
  static List<String> generated() {
    List<String> snippets = new ArrayList<>();
    for (String a : VALUES) {
      snippets.add("return -" + a.replaceFirst("^-", "(-") + (a.startsWith("-") ? ")" : ""));
      snippets.add("return #" + (a.startsWith("'") || a.equals("{}") ? a : "(" + a + ")"));
      snippets.add("return tostring(" + a + "), tonumber(" + a + ")");
      for (String b : VALUES) {
        for (String operator : OPERATORS) {
          snippets.add("local a, b = " + a + ", " + b + " return a " + operator + " b");
        }
      }
    }
    for (String format : FORMATS) {
      for (String value : FORMAT_VALUES) {
        snippets.add("return string.format('" + format + "', " + value + ")");
      }
    }
    return snippets;
  }
}
