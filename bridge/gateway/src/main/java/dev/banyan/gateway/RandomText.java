package dev.banyan.gateway;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Random letters that can't be guessed. */
enum RandomText {
  ALPHANUM("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
  LCALPHA("abcdefghijklmnopqrstuvwxyz");

  private static final int LONGEST = 64;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String alphabet;

  RandomText(String alphabet) {
    this.alphabet = alphabet;
  }

  /** So many of them; null, with a line in the log, for no length. */
  @Nullable String of(Request r, String length) {
    long count = Octets.decimal(length);
    if (count < 1 || count > LONGEST) {
      r.log(ErrorLog.ERROR, "set_random: bad \"length\" argument: " + length);
      return null;
    }
    StringBuilder out = new StringBuilder((int) count);
    for (int i = 0; i < count; i++) {
      out.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
    }
    return out.toString();
  }
}
