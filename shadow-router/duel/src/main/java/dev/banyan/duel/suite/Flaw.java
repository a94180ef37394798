package dev.banyan.duel.suite;

import java.util.Locale;

/**
 * What can't be asked, and why. Immutable.
 *
 * @param source {@code FILE:LINE}, or the entry of a recording
 * @param why what was expected; one line that can be shown
 */
public record Flaw(String source, String why) {
  private static final int SHOWN = 300;

  /** Leaves no control character, and cuts what is long. */
  public Flaw {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < why.length() && out.length() < SHOWN; i++) {
      char c = why.charAt(i);
      if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
        out.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
      } else {
        out.append(c);
      }
    }
    why = out.length() < SHOWN ? out.toString() : out + "...";
  }

  @Override
  public String toString() {
    return source + ": " + why;
  }
}
