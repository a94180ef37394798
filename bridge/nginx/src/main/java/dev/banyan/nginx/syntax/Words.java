package dev.banyan.nginx.syntax;

import java.util.List;

/**
 * The words before a terminator.
 *
 * @param words the words; empty only before {@link Terminator#BLOCK_END} and {@link Terminator#END}
 * @param terminator what ended them
 * @param line the terminator's line
 */
record Words(List<String> words, Terminator terminator, int line) {
  /** What ends a row of words. */
  enum Terminator {
    SEMICOLON,
    BLOCK_START,
    BLOCK_END,
    END
  }
}
