package dev.banyan.duel.suite;

import java.util.List;

/**
 * A suite or a recording that can't be read; its message has a line {@code FILE:LINE: ...} each.
 */
public final class SuiteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With everything that is wrong. */
  public SuiteException(List<String> problems) {
    super(String.join("\n", problems));
  }

  /** With the one thing that is wrong. */
  public SuiteException(String problem) {
    this(List.of(problem));
  }
}
