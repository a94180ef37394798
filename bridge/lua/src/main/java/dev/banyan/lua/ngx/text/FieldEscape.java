package dev.banyan.lua.ngx.text;

/** Percent-encodes what must not stand in a header field or in an argument string. */
public final class FieldEscape {
  /** Names: everything but token characters. */
  public static final FieldEscape NAME = new FieldEscape("!#$%&'*+-.^_`|~", false);

  /** Values: control characters other than the tabulator. */
  public static final FieldEscape VALUE = new FieldEscape("", true);

  /** Argument strings: control characters. */
  public static final FieldEscape ARGS = new FieldEscape("", true);

  private static final String HEX = "0123456789ABCDEF";
  private final boolean[] kept = new boolean[256];

  private FieldEscape(String extra, boolean value) {
    for (int c = 0; c < 256; c++) {
      kept[c] =
          value
              ? (c >= ' ' && c != 127) || c == '\t'
              : (c < 128 && Character.isLetterOrDigit(c)) || extra.indexOf(c) >= 0;
    }
  }

  /** Encodes an octet string; answers the same one when nothing has to change. */
  public String escape(String octets) {
    int first = firstEscaped(octets);
    if (first < 0) {
      return octets;
    }
    StringBuilder out = new StringBuilder(octets.length() + 8).append(octets, 0, first);
    for (int i = first; i < octets.length(); i++) {
      char c = octets.charAt(i);
      if (kept[c & 0xff]) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }

  private int firstEscaped(String octets) {
    for (int i = 0; i < octets.length(); i++) {
      if (!kept[octets.charAt(i) & 0xff]) {
        return i;
      }
    }
    return -1;
  }
}
