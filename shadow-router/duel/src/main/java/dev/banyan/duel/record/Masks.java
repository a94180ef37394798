package dev.banyan.duel.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Other texts for secrets: of the same length and the same sorts of chars, equal for equal ones.
 * Escapes of URLs and of JSON stay escapes, so that a mask is taken where its secret was.
 */
final class Masks {
  /** Known to this process only, so that nobody can try out what a mask stands for. */
  private static final byte[] KEY = key();

  private static final int BLOCK = 32;

  /** An escape that says an octet or a character, another escape of JSON, or one character. */
  private static final Pattern PIECE =
      Pattern.compile(
          "(?s)(%|\\\\u)((?<=%)[0-9A-Fa-f]{2}|(?<=u)[0-9A-Fa-f]{4})|\\\\[bfnrt\"\\\\/]|.");

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  private Masks() {}

  private static byte[] key() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return key;
  }

  static String of(String secret) {
    StringBuilder out = new StringBuilder(secret.length());
    Stream random = new Stream(secret);
    Matcher pieces = PIECE.matcher(secret);
    while (pieces.find()) {
      out.append(piece(pieces, random.next()));
    }
    return out.toString();
  }

  private static String piece(Matcher piece, int random) {
    String hex = piece.group(2);
    if (hex != null) {
      int code = Integer.parseInt(hex, 16);
      String digits = hex.length() == 2 ? "%02X" : "%04x";
      boolean shown = code <= ' ' || (code < 0x7f && one((char) code, random) == code);
      return piece.group(1) + (shown ? hex : String.format(digits, (int) one((char) code, random)));
    }
    String text = piece.group();
    return text.length() > 1 ? text : String.valueOf(one(text.charAt(0), random));
  }

  /** Owned by one mask: octets that a secret and the key decide. */
  private static final class Stream {
    /** Of the whole secret, taken once: it may be a body of megabytes. */
    private final byte[] seed;

    private byte[] block = new byte[0];
    private int at;

    Stream(String secret) {
      this.seed = digest(KEY, secret.getBytes(StandardCharsets.UTF_8));
    }

    int next() {
      if (at % BLOCK == 0) {
        block = digest(seed, (at + ":").getBytes(StandardCharsets.ISO_8859_1));
      }
      return block[at++ % BLOCK] & 0xff;
    }
  }

  private static char one(char c, int random) {
    if (c >= '0' && c <= '9') {
      return (char) ('0' + random % 10);
    }
    if (c >= 'a' && c <= 'z') {
      return LETTERS.charAt(random % 26);
    }
    if (c >= 'A' && c <= 'Z') {
      return (char) ('A' + random % 26);
    }
    return c > ' ' && c < 0x7f ? c : 'x';
  }

  private static byte[] digest(byte[] key, byte[] octets) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(key);
      return digest.digest(octets);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
