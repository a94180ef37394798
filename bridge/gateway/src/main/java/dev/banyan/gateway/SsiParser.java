package dev.banyan.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Owned by its request's loop: tells the commands of a page from its text, which comes in pieces. A
 * page that ends within a command, or within what may begin one, ends before it.
 */
final class SsiParser {
  private static final String OPENING = "<!--#";
  private static final int LONGEST_NAME = 32;

  private final int longestValue;
  private final Reader reader;
  private final Consumer<String> complaint;
  private final StringBuilder name = new StringBuilder();
  private final StringBuilder key = new StringBuilder();
  private final StringBuilder value = new StringBuilder();
  private final List<SsiCommand.Word> words = new ArrayList<>();
  private State state = State.TEXT;

  /** How much of {@link #OPENING} was read, and how much of that in earlier pieces. */
  private int opened;

  private int carried;
  private char quote;

  /** What is told of a page. */
  interface Reader {
    /** Text of the page. */
    void text(byte[] octets, int from, int to);

    /** The beginning of a piece's text, which the end of an earlier piece held back. */
    void text(String octets);

    /** A command that can be read. */
    void command(SsiCommand command);

    /** A command that can't be. */
    void malformed();
  }

  private enum State {
    TEXT,
    OPENING,
    BEFORE_NAME,
    NAME,
    BEFORE_KEY,
    KEY,
    AFTER_KEY,
    BEFORE_VALUE,
    VALUE,
    ESCAPED,
    AFTER_VALUE,
    CLOSING,
    CLOSED,
    BROKEN,
    BROKEN_CLOSING,
    BROKEN_CLOSED
  }

  /**
   * A parser of one page.
   *
   * @param complaint is told, in nginx's words, what is wrong with a command
   */
  SsiParser(int longestValue, Reader reader, Consumer<String> complaint) {
    this.longestValue = longestValue;
    this.reader = reader;
    this.complaint = complaint;
  }

  /** Reads the next piece. */
  void feed(byte[] octets) {
    int from = 0;
    int tag = 0;
    for (int at = 0; at < octets.length; at++) {
      char c = (char) (octets[at] & 0xff);
      if (state == State.TEXT || state == State.OPENING) {
        if (state == State.OPENING && c == OPENING.charAt(opened)) {
          if (++opened == OPENING.length()) {
            emit(octets, from, tag);
            carried = 0;
            state = State.BEFORE_NAME;
          }
          continue;
        }
        if (carried > 0) {
          reader.text(OPENING.substring(0, carried));
          carried = 0;
        }
        boolean opens = c == '<';
        state = opens ? State.OPENING : State.TEXT;
        opened = 1;
        tag = at;
      } else if (closes(c)) {
        from = at + 1;
      }
    }
    if (state == State.TEXT) {
      emit(octets, from, octets.length);
    } else if (state == State.OPENING) {
      emit(octets, from, tag);
      carried = opened;
    }
  }

  private void emit(byte[] octets, int from, int to) {
    if (to > from) {
      reader.text(octets, from, to);
    }
  }

  /** Reads a character of a command; true when it was its last. */
  private boolean closes(char c) {
    switch (state) {
      case BEFORE_NAME -> {
        if (!blank(c)) {
          words.clear();
          name.setLength(0);
          name.append(c);
          state = State.NAME;
        }
      }
      case NAME -> inName(c);
      case BEFORE_KEY -> beforeKey(c);
      case KEY -> inKey(c);
      case AFTER_KEY -> afterKey(c);
      case BEFORE_VALUE -> beforeValue(c);
      case VALUE -> {
        if (c == quote) {
          words.add(new SsiCommand.Word(key.toString(), value.toString()));
          state = State.AFTER_VALUE;
        } else {
          state = c == '\\' ? State.ESCAPED : State.VALUE;
          addToValue(c);
        }
      }
      case ESCAPED -> {
        state = State.VALUE;
        addToValue(c);
      }
      case AFTER_VALUE -> afterValue(c);
      case CLOSING, CLOSED -> {
        return closing(c);
      }
      case BROKEN, BROKEN_CLOSING, BROKEN_CLOSED -> {
        return broken(c);
      }
      case TEXT, OPENING -> throw new IllegalStateException("not in a command");
    }
    return false;
  }

  private static boolean blank(char c) {
    return c == ' ' || c == '\r' || c == '\n' || c == '\t';
  }

  private void inName(char c) {
    if (blank(c)) {
      state = State.BEFORE_KEY;
    } else if (c == '-') {
      state = State.CLOSING;
    } else if (name.length() == LONGEST_NAME) {
      breakAt("the \"" + name + c + "...\" SSI command is too long", State.BROKEN);
    } else {
      name.append(c);
    }
  }

  private void beforeKey(char c) {
    if (c == '-') {
      state = State.CLOSING;
    } else if (!blank(c)) {
      key.setLength(0);
      key.append(c);
      value.setLength(0);
      state = State.KEY;
    }
  }

  private void inKey(char c) {
    if (blank(c)) {
      state = State.AFTER_KEY;
    } else if (c == '=') {
      state = State.BEFORE_VALUE;
    } else if (c == '-') {
      String said = "invalid \"" + key + c + "\" parameter in \"" + name + "\" SSI command";
      breakAt(said, State.BROKEN_CLOSING);
    } else if (key.length() == LONGEST_NAME) {
      String said = "too long \"" + key + c + "...\" parameter in \"" + name + "\" SSI command";
      breakAt(said, State.BROKEN);
    } else {
      key.append(c);
    }
  }

  private void afterKey(char c) {
    if (c == '=') {
      state = State.BEFORE_VALUE;
    } else if (!blank(c)) {
      unexpected(c, "after \"" + key + "\" parameter");
    }
  }

  private void beforeValue(char c) {
    if (c == '"' || c == '\'') {
      quote = c;
      state = State.VALUE;
    } else if (!blank(c)) {
      unexpected(c, "before value of \"" + key + "\" parameter");
    }
  }

  private void unexpected(char c, String where) {
    breakAt(
        "unexpected \"" + c + "\" symbol " + where + " in \"" + name + "\" SSI command",
        c == '-' ? State.BROKEN_CLOSING : State.BROKEN);
  }

  private void addToValue(char c) {
    if (value.length() == longestValue) {
      breakAt(
          "too long \"%s%s...\" value of \"%s\" parameter in \"%s\" SSI command"
              .formatted(value, c, key, name),
          State.BROKEN);
    } else {
      value.append(c);
    }
  }

  private void afterValue(char c) {
    if (blank(c)) {
      state = State.BEFORE_KEY;
    } else if (c == '-') {
      state = State.CLOSING;
    } else {
      breakAt(
          "unexpected \"%s\" symbol after \"%s\" value of \"%s\" parameter in \"%s\" SSI command"
              .formatted(c, value, key, name),
          State.BROKEN);
    }
  }

  private boolean closing(char c) {
    if (state == State.CLOSING && c == '-') {
      state = State.CLOSED;
    } else if (state == State.CLOSED && c == '>') {
      state = State.TEXT;
      reader.command(new SsiCommand(name.toString(), words));
      return true;
    } else {
      breakAt("unexpected \"" + c + "\" symbol in \"" + name + "\" SSI command", State.BROKEN);
    }
    return false;
  }

  private boolean broken(char c) {
    if (state == State.BROKEN_CLOSED && c == '>') {
      state = State.TEXT;
      reader.malformed();
      return true;
    }
    state =
        c != '-' || state == State.BROKEN_CLOSED
            ? State.BROKEN
            : state == State.BROKEN ? State.BROKEN_CLOSING : State.BROKEN_CLOSED;
    return false;
  }

  private void breakAt(String said, State next) {
    complaint.accept(said);
    state = next;
  }
}
