package dev.banyan.lua.ngx.text;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Base64 as nginx reads and writes it: decoding ends at the first {@code =} whatever follows,
 * padding may be missing, and leftover bits are ignored.
 */
public final class Base64Text {
  /** The alphabet with {@code +} and {@code /}. */
  public static final Base64Text STANDARD = new Base64Text(Base64.getEncoder(), "+/");

  /** The alphabet with {@code -} and {@code _}. */
  public static final Base64Text URL = new Base64Text(Base64.getUrlEncoder(), "-_");

  private static final byte INVALID = -1;

  private final Base64.Encoder padded;
  private final Base64.Encoder bare;
  private final byte[] values = new byte[256];

  private Base64Text(Base64.Encoder encoder, String lastTwo) {
    padded = encoder;
    bare = encoder.withoutPadding();
    Arrays.fill(values, INVALID);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + lastTwo;
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
  }

  /** Encodes with padding. */
  public byte[] encode(byte[] bytes) {
    return padded.encode(bytes);
  }

  /** Encodes without padding. */
  public byte[] encodeBare(byte[] bytes) {
    return bare.encode(bytes);
  }

  /** Decodes; empty for what is not base64. */
  public Optional<byte[]> decode(byte[] text, int offset, int length) {
    int digits = 0;
    while (digits < length && text[offset + digits] != '=') {
      if (values[text[offset + digits] & 0xff] == INVALID) {
        return Optional.empty();
      }
      digits++;
    }
    if (digits % 4 == 1) {
      return Optional.empty();
    }
    byte[] out = new byte[digits * 3 / 4];
    int bits = 0;
    int at = 0;
    for (int i = 0; i < digits; i++) {
      bits = bits << 6 | values[text[offset + i] & 0xff];
      if (i % 4 != 0) {
        out[at++] = (byte) (bits >> (6 - 2 * (i % 4)));
      }
    }
    return Optional.of(out);
  }
}
