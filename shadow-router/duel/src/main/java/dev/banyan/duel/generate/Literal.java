package dev.banyan.duel.generate;

import java.util.List;

/**
 * A text that stands in Lua. Immutable.
 *
 * @param siblings the other texts of the same call or table
 * @param source the file's name and the line
 */
record Literal(String text, List<String> siblings, String source) {
  Literal {
    siblings = List.copyOf(siblings);
  }

  /** Whether it may be a regex: it has something that only regexes have. */
  boolean isPattern() {
    return text.length() > 3
        && text.matches("(?s).*(?:\\\\[bdswxD.]|\\[[^\\]]|\\(\\?|\\.[*+{]|\\.\\{|^\\^).*");
  }

  /** Whether it is a name of an argument, a field or the like. */
  boolean isWord() {
    return text.matches("[A-Za-z_][A-Za-z0-9_-]{1,40}");
  }

  boolean isPath() {
    return text.matches("/[A-Za-z0-9_./~-]{0,80}");
  }
}
