package dev.banyan.nginx;

import dev.banyan.nginx.syntax.Directive;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the encrypted-session module encrypts with. Immutable.
 *
 * @param key of 32 octets, for AES
 * @param iv the first block, of 16 octets at most; zeros fill it up
 * @param expires how long a value can be read again; zero for always
 */
public record SessionSecret(String key, String iv, Duration expires) {
  private static final int KEY_LENGTH = 32;
  private static final int BLOCK = 16;
  private static final String DEFAULT_IV = "deadbeefdeadbeef";
  private static final Duration DEFAULT_EXPIRES = Duration.ofDays(1);

  /** What a block's directives say; null where there is no key. */
  static @Nullable SessionSecret read(Scope scope) {
    String key = scope.read("encrypted_session_key", "", SessionSecret::key);
    String iv = scope.read("encrypted_session_iv", DEFAULT_IV, SessionSecret::iv);
    Duration expires = scope.time("encrypted_session_expires", DEFAULT_EXPIRES);
    return key.isEmpty() ? null : new SessionSecret(key, iv, expires);
  }

  private static String key(Directive directive) {
    if (directive.arg(0).length() != KEY_LENGTH) {
      throw directive.error(directive.name() + ": the key must be of 32 bytes long");
    }
    return directive.arg(0);
  }

  private static String iv(Directive directive) {
    if (directive.arg(0).length() > BLOCK) {
      throw directive.error(
          directive.name() + ": the init vector must NOT be longer than 16 bytes");
    }
    return directive.arg(0);
  }
}
