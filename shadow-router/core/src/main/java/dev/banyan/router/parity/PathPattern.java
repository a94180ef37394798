package dev.banyan.router.parity;

import java.util.regex.Pattern;

/**
 * Immutable: places of an answer, in which {@code *} stands for any characters, such as {@code
 * results[*].score} or {@code effects.response header x-*}.
 */
public final class PathPattern {
  private final String text;
  private final Pattern pattern;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is empty
   */
  public PathPattern(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a place is not empty");
    }
    this.text = text;
    StringBuilder regex = new StringBuilder();
    for (String literal : text.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
    }
    this.pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /** Whether a place is meant. */
  boolean matches(String path) {
    return pattern.matcher(path).matches();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
