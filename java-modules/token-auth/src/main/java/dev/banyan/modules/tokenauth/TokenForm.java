package dev.banyan.modules.tokenauth;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: a token's parts, {@code v1.USER.EXPIRES.SCOPES.SIGNATURE}.
 *
 * @param signed what the signature is of
 * @param user in base64url
 * @param expires seconds of Unix time
 * @param scopes names with plus signs between them, or empty
 * @param signature 40 digits of hex
 */
record TokenForm(String signed, String user, long expires, String scopes, String signature) {
  private static final String VERSION = "v1.";
  private static final int MOST_DIGITS = 12;
  private static final int SIGNATURE = 40;

  /**
   * The parts of a token, or null when it isn't of this form. As {@code $} does in the legacy's
   * pattern, the end leaves room for one line end.
   */
  static @Nullable TokenForm read(String token) {
    int end = token.endsWith("\n") ? token.length() - 1 : token.length();
    int signature = end - SIGNATURE;
    int user = VERSION.length();
    int expires = next(token, user, TokenForm::base64url);
    int scopes = next(token, expires, c -> c >= '0' && c <= '9');
    int last = next(token, scopes, c -> (c >= 'a' && c <= 'z') || c == '+');
    if (!token.startsWith(VERSION)
        || last < 0
        || last != signature
        || expires - user < 2
        || scopes - expires < 2
        || scopes - expires > MOST_DIGITS + 1
        || run(token, signature, TokenForm::hex) != end) {
      return null;
    }
    return new TokenForm(
        token.substring(0, last - 1),
        token.substring(user, expires - 1),
        Long.parseLong(token, expires, scopes - 1, 10),
        token.substring(scopes, last - 1),
        token.substring(signature, end));
  }

  /** Where the next part begins, behind a dot; negative when there is none. */
  private static int next(String token, int from, IntPredicate allowed) {
    int dot = from < 0 ? token.length() : run(token, from, allowed);
    return dot < token.length() && token.charAt(dot) == '.' ? dot + 1 : -1;
  }

  private static int run(String token, int from, IntPredicate allowed) {
    int at = from;
    while (at < token.length() && allowed.test(token.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean base64url(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  private static boolean hex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }
}
