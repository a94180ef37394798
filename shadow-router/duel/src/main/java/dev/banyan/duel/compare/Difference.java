package dev.banyan.duel.compare;

/**
 * One thing in which a target isn't like the first one. Immutable.
 *
 * @param target the name of the target
 * @param step from 1
 * @param where {@code ending}, {@code status}, {@code header NAME}, {@code body}, {@code origin
 *     ...}
 * @param control what the first target shows
 * @param other what this one shows
 */
public record Difference(String target, int step, String where, String control, String other) {
  private static final int SHOWN = 600;

  /** A text as one line that can be shown, cut where it gets long. */
  public static String shown(String octets) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < octets.length() && out.length() < SHOWN; i++) {
      char c = octets.charAt(i);
      switch (c) {
        case '\r' -> out.append("\\r");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        default -> {
          if (c >= ' ' && c <= '~') {
            out.append(c);
          } else {
            out.append(String.format("\\x%02x", (int) c & 0xff));
          }
        }
      }
    }
    return out.length() < SHOWN ? out.toString() : out + "... (" + octets.length() + " octets)";
  }
}
