package dev.banyan.server.config;

import java.nio.file.Path;

/**
 * Immutable: one thing that is wrong with a file, in one line.
 *
 * @param line from 1; 0 when the file as a whole is meant
 * @param message what was found, what was expected, what to do
 */
public record ConfigProblem(Path file, int line, String message) {
  /** {@code file:line: message}. */
  @Override
  public String toString() {
    return line == 0 ? file + ": " + message : file + ":" + line + ": " + message;
  }
}
