package dev.banyan.nginx;

import org.jspecify.annotations.Nullable;

/** The alphabet of {@code set_encode_base32} and {@code set_decode_base32}. Immutable. */
public final class Base32 {
  private static final String EXTENDED = "0123456789abcdefghijklmnopqrstuv";
  private static final int DIGITS = 32;
  private static final int BITS = 5;
  private static final int OCTET = 8;
  private static final int GROUP = 8;
  private static final Base32 STANDARD = new Base32(EXTENDED, true);

  private final String alphabet;
  private final boolean padding;
  private final byte[] values = new byte[256];

  private Base32(String alphabet, boolean padding) {
    this.alphabet = alphabet;
    this.padding = padding;
    for (int i = 0; i < DIGITS; i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
  }

  static Base32 read(Scope scope) {
    String alphabet =
        scope.read(
            "set_base32_alphabet",
            EXTENDED,
            d -> {
              int length = d.arg(0).length();
              if (length != DIGITS) {
                throw d.error(
                    "\"%s\" directive takes an alphabet of %d bytes but %d expected"
                        .formatted(d.name(), length, DIGITS));
              }
              return d.arg(0);
            });
    Scope holder = scope.holder("set_base32_padding", "set_misc_base32_padding");
    boolean padding =
        holder == null
            || (holder.has("set_base32_padding")
                ? holder.flag("set_base32_padding", true)
                : holder.flag("set_misc_base32_padding", true));
    return alphabet.equals(EXTENDED) && padding ? STANDARD : new Base32(alphabet, padding);
  }

  /** Encodes an octet string. */
  public String encode(String octets) {
    StringBuilder out = new StringBuilder(GROUP * (octets.length() / BITS + 1));
    int bits = 0;
    int held = 0;
    for (int i = 0; i < octets.length(); i++) {
      bits = (bits << OCTET) | octets.charAt(i);
      held += OCTET;
      while (held >= BITS) {
        held -= BITS;
        out.append(alphabet.charAt((bits >> held) & (DIGITS - 1)));
      }
      bits &= DIGITS - 1;
    }
    if (held > 0) {
      out.append(alphabet.charAt((bits << (BITS - held)) & (DIGITS - 1)));
    }
    while (padding && out.length() % GROUP != 0) {
      out.append('=');
    }
    return out.toString();
  }

  /**
   * Decodes up to the first {@code =}; null for what isn't in this alphabet or of no such length.
   */
  public @Nullable String decode(String text) {
    int end = text.indexOf('=');
    int length = end < 0 ? text.length() : end;
    int rest = length % GROUP;
    if (rest == 1 || rest == 3 || rest == 6) {
      return null;
    }
    StringBuilder out = new StringBuilder(length * BITS / OCTET);
    int bits = 0;
    int held = 0;
    for (int i = 0; i < length; i++) {
      bits = ((bits << BITS) | values[text.charAt(i) & 0xff]) & 0xfff;
      held += BITS;
      if (held >= OCTET) {
        held -= OCTET;
        out.append((char) ((bits >> held) & 0xff));
      }
    }
    return out.toString();
  }
}
