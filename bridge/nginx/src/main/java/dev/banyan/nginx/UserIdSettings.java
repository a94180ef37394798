package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a browser is known again by a cookie, by the rules of ngx_http_userid_module.
 *
 * @param name the cookie's
 * @param attributes what follows the cookie's expiry: domain, path and flags
 * @param expires how long the browser keeps it; null for as long as it runs, {@link #FOREVER}
 * @param service the first number of a new identifier; null for the server's own
 * @param mark the character that tells a cookie's generation; 0 for none
 * @param p3p the field of that name; null for none
 * @param reset {@code $uid_reset}; null where cookies are not set
 */
public record UserIdSettings(
    Mode mode,
    String name,
    String attributes,
    @Nullable Duration expires,
    @Nullable Integer service,
    char mark,
    @Nullable String p3p,
    @Nullable Template reset) {
  /** {@code userid_expires max}. */
  public static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  /** What {@code userid} says. */
  public enum Mode {
    OFF,
    LOG,
    V1,
    ON
  }

  /** Whether a browser without an identifier gets one. */
  public boolean sets() {
    return mode == Mode.V1 || mode == Mode.ON;
  }
}
