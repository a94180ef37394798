package dev.banyan.gateway;

import java.util.List;

/**
 * A command of a page as it is written, which may be none.
 *
 * @param words its parameters, in their order
 */
record SsiCommand(String name, List<Word> words) {
  SsiCommand {
    words = List.copyOf(words);
  }

  /** A parameter; quoted characters keep their backslashes. */
  record Word(String name, String value) {}

  /** The command in the one spelling that a block keeps. */
  String text() {
    StringBuilder text = new StringBuilder("<!--#").append(name);
    for (Word word : words) {
      text.append(' ').append(word.name()).append("=\"").append(word.value()).append('"');
    }
    return text.append(" -->").toString();
  }
}
