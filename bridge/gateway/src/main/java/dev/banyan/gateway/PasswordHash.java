package dev.banyan.gateway;

import dev.banyan.lua.crypto.Hash;
import dev.banyan.lua.ngx.text.Digests;
import java.util.Arrays;
import java.util.Base64;

/**
 * Passwords as {@code auth_basic_user_file} stores them: {@code $apr1$}, {@code {SHA}}, {@code
 * {SSHA}}, {@code {PLAIN}}; the others are {@link SystemCrypt}'s.
 */
final class PasswordHash {
  private static final String ALPHABET =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String APR1 = "$apr1$";
  private static final int SHA1_BYTES = 20;

  private PasswordHash() {}

  /** Whether a password is stored by one of these; else it is the system's. */
  static boolean knows(String stored) {
    return stored.startsWith("{") || stored.startsWith(APR1);
  }

  static boolean matches(String password, String stored) {
    byte[] key = Octets.bytes(password);
    if (stored.startsWith("{PLAIN}")) {
      return BasicAuth.same(password, stored.substring(7));
    }
    if (stored.startsWith("{SHA}")) {
      byte[] digest = Digests.digest(Hash.SHA1, key, 0, key.length);
      return BasicAuth.same(Base64.getEncoder().encodeToString(digest), stored.substring(5));
    }
    if (stored.startsWith("{SSHA}")) {
      return salted(key, stored.substring(6));
    }
    if (stored.startsWith(APR1)) {
      int end = stored.indexOf('$', APR1.length());
      return end > 0 && BasicAuth.same(apr1(key, stored.substring(APR1.length(), end)), stored);
    }
    return false;
  }

  private static boolean salted(byte[] key, String encoded) {
    try {
      byte[] decoded = Base64.getDecoder().decode(encoded);
      if (decoded.length < SHA1_BYTES) {
        return false;
      }
      byte[] salt = Arrays.copyOfRange(decoded, SHA1_BYTES, decoded.length);
      byte[] input = concat(key, salt);
      byte[] digest = Digests.digest(Hash.SHA1, input, 0, input.length);
      return java.security.MessageDigest.isEqual(digest, Arrays.copyOf(decoded, SHA1_BYTES));
    } catch (IllegalArgumentException e) {
      return false; // not base64: no password matches it
    }
  }

  /** Apache's MD5 scheme. */
  static String apr1(byte[] key, String saltText) {
    byte[] salt = Octets.bytes(saltText.length() > 8 ? saltText.substring(0, 8) : saltText);
    byte[] inner = md5(key, salt, key);
    byte[] start = concat(key, Octets.bytes(APR1), salt);
    for (int left = key.length; left > 0; left -= 16) {
      start = concat(start, Arrays.copyOf(inner, Math.min(16, left)));
    }
    for (int i = key.length; i > 0; i >>= 1) {
      start = concat(start, new byte[] {(i & 1) == 1 ? 0 : key[0]});
    }
    byte[] sum = md5(start);
    for (int round = 0; round < 1000; round++) {
      byte[] next = (round & 1) == 1 ? key : sum;
      next = round % 3 == 0 ? next : concat(next, salt);
      next = round % 7 == 0 ? next : concat(next, key);
      sum = md5(next, (round & 1) == 1 ? sum : key);
    }
    return APR1 + Octets.string(salt) + "$" + encode(sum);
  }

  private static String encode(byte[] sum) {
    int[][] groups = {{0, 6, 12}, {1, 7, 13}, {2, 8, 14}, {3, 9, 15}, {4, 10, 5}};
    StringBuilder out = new StringBuilder(22);
    for (int[] group : groups) {
      int value =
          (sum[group[0]] & 0xff) << 16 | (sum[group[1]] & 0xff) << 8 | (sum[group[2]] & 0xff);
      append(out, value, 4);
    }
    append(out, sum[11] & 0xff, 2);
    return out.toString();
  }

  private static void append(StringBuilder out, int value, int count) {
    int rest = value;
    for (int i = 0; i < count; i++) {
      out.append(ALPHABET.charAt(rest & 0x3f));
      rest >>= 6;
    }
  }

  private static byte[] md5(byte[]... parts) {
    byte[] all = concat(parts);
    return Digests.digest(Hash.MD5, all, 0, all.length);
  }

  private static byte[] concat(byte[]... parts) {
    int size = 0;
    for (byte[] part : parts) {
      size += part.length;
    }
    byte[] all = new byte[size];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
