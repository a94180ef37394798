package dev.banyan.lua.ngx.text;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Which bytes of a URI nginx percent-encodes, by what the text becomes a part of. */
public final class UriEscape {
  /** A path. */
  public static final UriEscape PATH = new UriEscape("#%?", true);

  /** An argument string. */
  public static final UriEscape ARGS = new UriEscape("#%+?", true);

  /** One component: everything but unreserved characters and {@code !'()*}. */
  public static final UriEscape COMPONENT = new UriEscape("\"#$%&+,/:;<=>?@[\\]^`{|}", true);

  /** A link in HTML. */
  public static final UriEscape HTML = new UriEscape("\"#%'", true);

  /** A Refresh header. */
  public static final UriEscape REFRESH = new UriEscape("\"'", true);

  /** A memcached key. */
  public static final UriEscape MEMCACHED = new UriEscape("%", false);

  /** A mail protocol's argument. */
  public static final UriEscape MAIL_AUTH = new UriEscape("%", false);

  private static final List<UriEscape> BY_NUMBER =
      List.of(PATH, ARGS, COMPONENT, HTML, REFRESH, MEMCACHED, MAIL_AUTH);

  /** The largest number that {@link #numbered} knows. */
  public static final int LAST_NUMBER = 6;

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  private final boolean[] escaped = new boolean[256];

  private UriEscape(String characters, boolean above) {
    BitSet set = new BitSet();
    set.set(0, ' ' + 1);
    characters.chars().forEach(set::set);
    if (above) {
      set.set(0x7f, 256);
    }
    set.stream().forEach(c -> escaped[c] = true);
  }

  /** The set that nginx numbers 0 to 6; empty for other numbers. */
  public static Optional<UriEscape> numbered(int number) {
    return number < 0 || number >= BY_NUMBER.size()
        ? Optional.empty()
        : Optional.of(BY_NUMBER.get(number));
  }

  /** How many bytes {@link #escape} would encode. */
  public int count(byte[] bytes, int offset, int length) {
    int count = 0;
    for (int i = offset; i < offset + length; i++) {
      if (escaped[bytes[i] & 0xff]) {
        count++;
      }
    }
    return count;
  }

  /** Encodes a part of an array. */
  public byte[] escape(byte[] bytes, int offset, int length) {
    byte[] out = new byte[length + 2 * count(bytes, offset, length)];
    int at = 0;
    for (int i = offset; i < offset + length; i++) {
      int c = bytes[i] & 0xff;
      if (escaped[c]) {
        out[at++] = '%';
        out[at++] = HEX[c >> 4];
        out[at++] = HEX[c & 15];
      } else {
        out[at++] = (byte) c;
      }
    }
    return out;
  }

  /** Decodes percent-encoded bytes and pluses; what is not a whole escape stays as it is. */
  public static byte[] unescape(byte[] bytes, int offset, int length) {
    byte[] out = new byte[length];
    int end = offset + length;
    int at = 0;
    for (int i = offset; i < end; i++) {
      byte c = bytes[i];
      if (c == '+') {
        out[at++] = ' ';
      } else if (c == '%' && i + 2 < end && hex(bytes[i + 1]) >= 0 && hex(bytes[i + 2]) >= 0) {
        out[at++] = (byte) (hex(bytes[i + 1]) << 4 | hex(bytes[i + 2]));
        i += 2;
      } else {
        out[at++] = c;
      }
    }
    return at == length ? out : Arrays.copyOf(out, at);
  }

  private static int hex(byte c) {
    return c < 0 ? -1 : Character.digit(c, 16);
  }
}
