package dev.banyan.modules.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The single transforms, each from a text to a text. */
final class Fixes {
  /** Arguments that must not reach the origins: they ruin the cache. */
  private static final Set<String> TRACKING =
      Set.of(
          "utm_source",
          "utm_medium",
          "utm_campaign",
          "utm_term",
          "utm_content",
          "gclid",
          "fbclid",
          "mc_cid",
          "mc_eid",
          "_ga");

  private static final Pattern ORIGIN = Pattern.compile("^http://origin\\d*\\.internal(?::\\d+)?/");
  private static final Pattern SECURE = Pattern.compile(";\\s*secure\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern SAME_SITE =
      Pattern.compile(";\\s*samesite=", Pattern.CASE_INSENSITIVE);

  private Fixes() {}

  /** The arguments without those that track, in their order; null when there are none. */
  static @Nullable String stripTracking(String args) {
    List<String> kept = new ArrayList<>();
    boolean dropped = false;
    for (String piece : args.split("&")) {
      int eq = piece.indexOf('=');
      if (TRACKING.contains(eq < 0 ? piece : piece.substring(0, eq))) {
        dropped = true;
      } else if (!piece.isEmpty()) {
        kept.add(piece);
      }
    }
    return dropped ? String.join("&", kept) : null;
  }

  /** A Location of an origin as the client may see it; null when it is another's. */
  static @Nullable String location(String location, String scheme, @Nullable String host) {
    Matcher matcher = ORIGIN.matcher(location);
    if (!matcher.find()) {
      return null;
    }
    if (host == null || host.indexOf('$') >= 0) {
      throw new IllegalArgumentException("the host is no plain replacement");
    }
    return scheme + host + "/" + location.substring(matcher.end());
  }

  /** A cookie that is sent over TLS only and to its own site only. */
  static String cookie(String cookie) {
    String secure = SECURE.matcher(cookie).find() ? cookie : cookie + "; Secure";
    return SAME_SITE.matcher(secure).find() ? secure : secure + "; SameSite=Lax";
  }
}
