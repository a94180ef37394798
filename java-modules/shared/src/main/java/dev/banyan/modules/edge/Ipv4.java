package dev.banyan.modules.edge;

/** IPv4 addresses as numbers, as {@code util.ipv4} reads them. */
public final class Ipv4 {
  /** Not four numbers with dots. */
  public static final long MALFORMED = -1;

  /** Four numbers, one of them above 255. */
  public static final long OUT_OF_RANGE = -2;

  private static final int LARGEST_OCTET = 255;
  private static final int OCTETS = 4;
  private static final int MOST_DIGITS = 3;

  private Ipv4() {}

  /**
   * The address as an unsigned number; negative when it is none. As {@code $} does in the legacy's
   * pattern, the end leaves room for one line end.
   */
  public static long number(String text) {
    int end = text.endsWith("\n") ? text.length() - 1 : text.length();
    long number = 0;
    boolean outOfRange = false;
    int octets = 0;
    int at = 0;
    while (octets < OCTETS) {
      int start = at;
      int octet = 0;
      while (at < end && at - start < MOST_DIGITS && digit(text.charAt(at))) {
        octet = octet * 10 + (text.charAt(at++) - '0');
      }
      boolean ended = octets == OCTETS - 1 ? at == end : at < end && text.charAt(at) == '.';
      if (at == start || !ended) {
        return MALFORMED;
      }
      at++;
      outOfRange |= octet > LARGEST_OCTET;
      number = number * 256 + octet;
      octets++;
    }
    return outOfRange ? OUT_OF_RANGE : number;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
