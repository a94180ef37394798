package dev.banyan.lua.ffi;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Owned by one parser: what {@code #pragma pack} says, and lines that tell where they come from.
 */
final class CPragmas {
  static final int UNPACKED = 1 << 20;

  private final CWords words;
  private final Deque<Integer> stack = new ArrayDeque<>();
  private int packing = UNPACKED;

  CPragmas(CWords words) {
    this.words = words;
  }

  /** The largest alignment of a member. */
  int packing() {
    return packing;
  }

  /** Reads one of them. */
  void read() {
    words.next();
    if (words.current().kind() == CToken.Kind.INTEGER || words.current().isWord("line")) {
      skipLine();
      return;
    }
    if (!words.current().isWord("pragma")) {
      throw words.near("unexpected symbol");
    }
    words.next();
    if (!words.current().isWord("pack")) {
      skipLine();
      return;
    }
    words.next();
    words.check("(");
    if (words.option(")")) {
      packing = UNPACKED;
      return;
    }
    do {
      item();
    } while (words.option(","));
    words.check(")");
  }

  private void item() {
    CToken word = words.current();
    if (word.isWord("push")) {
      stack.push(packing);
    } else if (word.isWord("pop")) {
      packing = stack.isEmpty() ? UNPACKED : stack.pop();
    } else if (word.kind() == CToken.Kind.INTEGER) {
      packing = word.value().value();
    } else {
      throw words.near("unexpected symbol");
    }
    words.next();
  }

  private void skipLine() {
    int line = words.line();
    while (words.line() == line && words.current().kind() != CToken.Kind.END) {
      words.next();
    }
  }
}
