package dev.banyan.duel.suite;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

  /** Of a file that can't be read. */
  public static SuiteException unreadable(Path file, IOException cause) {
    String why =
        switch (cause) {
          case NoSuchFileException _ -> "there is no such file";
          case AccessDeniedException _ -> "this user may not read it";
          default -> String.valueOf(cause.getMessage());
        };
    return new SuiteException(file + ": can't be read: " + why);
  }

  /** With the one thing that is wrong. */
  public SuiteException(String problem) {
    this(List.of(problem));
  }
}
