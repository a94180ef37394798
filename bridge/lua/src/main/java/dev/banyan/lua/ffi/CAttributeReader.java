package dev.banyan.lua.ffi;

import java.util.Set;

/** Reads what compilers want to know beside the type. */
final class CAttributeReader {
  /** What {@code aligned} without a number means on x64. */
  private static final int MOST_ALIGNED = 16;

  private static final Set<String> ATTRIBUTE = Set.of("__attribute__", "__attribute");
  private static final Set<String> WITH_BRACKETS =
      Set.of("__declspec", "__asm__", "__asm", "asm", "_Alignas", "alignas");
  private static final Set<String> PLAIN =
      Set.of(
          "restrict",
          "__restrict",
          "__restrict__",
          "inline",
          "__inline",
          "__inline__",
          "__extension__",
          "register",
          "auto",
          "__ptr32",
          "__ptr64",
          "__cdecl",
          "__stdcall",
          "__fastcall",
          "__thiscall",
          "_Noreturn");

  private final CWords words;
  private final CParser parser;
  private final CAttributes attributes;

  CAttributeReader(CWords words, CParser parser, CAttributes attributes) {
    this.words = words;
    this.parser = parser;
    this.attributes = attributes;
  }

  static boolean begins(String word) {
    return ATTRIBUTE.contains(word) || WITH_BRACKETS.contains(word) || PLAIN.contains(word);
  }

  /** Reads all that stand here. */
  void readAll() {
    while (words.current().kind() == CToken.Kind.IDENTIFIER && begins(words.current().text())) {
      read();
    }
  }

  /** Reads the one that stands here. */
  void read() {
    String word = words.current().text();
    words.next();
    if (ATTRIBUTE.contains(word)) {
      words.check("(");
      words.check("(");
      while (!words.current().is(")")) {
        attribute();
        if (!words.option(",")) {
          break;
        }
      }
      words.check(")");
      words.check(")");
    } else if (WITH_BRACKETS.contains(word) && words.current().is("(")) {
      words.skipBrackets("(", ")");
    }
  }

  private void attribute() {
    String name = words.name();
    boolean framed = name.length() > 4 && name.startsWith("__") && name.endsWith("__");
    String plain = framed ? name.substring(2, name.length() - 2) : name;
    switch (plain) {
      case "packed" -> attributes.pack();
      case "aligned" -> {
        if (words.option("(")) {
          attributes.align(parser.expression().value());
          words.check(")");
        } else {
          attributes.align(MOST_ALIGNED);
        }
      }
      case "vector_size" -> {
        words.check("(");
        attributes.vector(parser.expression().value());
        words.check(")");
      }
      case "mode" -> {
        words.check("(");
        attributes.mode(words.name());
        words.check(")");
      }
      default -> {
        if (words.current().is("(")) {
          words.skipBrackets("(", ")");
        }
      }
    }
  }
}
