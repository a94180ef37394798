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

  /** What their names begin with: no other name is cut out to be looked up. */
  private static final String TRACKING_BEGINS = "ugfm_";

  private static final Pattern ORIGIN = Pattern.compile("^http://origin\\d*\\.internal(?::\\d+)?/");
  private static final Pattern SECURE = Pattern.compile(";\\s*secure\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern SAME_SITE =
      Pattern.compile(";\\s*samesite=", Pattern.CASE_INSENSITIVE);

  private Fixes() {}

  /** The arguments without those that track, in their order; null when there are none. */
  static @Nullable String stripTracking(String args) {
    if (!tracks(args)) {
      return null;
    }
    List<String> kept = new ArrayList<>();
    for (String piece : args.split("&")) {
      if (!piece.isEmpty() && !tracks(piece)) {
        kept.add(piece);
      }
    }
    return String.join("&", kept);
  }

  /** Whether one of these arguments does. */
  private static boolean tracks(String args) {
    int start = 0;
    while (start < args.length()) {
      int mark = args.indexOf('&', start);
      int end = mark < 0 ? args.length() : mark;
      if (tracks(args, start, end)) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  private static boolean tracks(String args, int start, int end) {
    if (end == start || TRACKING_BEGINS.indexOf(args.charAt(start)) < 0) {
      return false;
    }
    int mark = args.indexOf('=', start, end);
    return TRACKING.contains(args.substring(start, mark < 0 ? end : mark));
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

  /** Each of them as {@link #cookie} makes it. */
  static List<String> cookies(List<String> cookies) {
    List<String> fixed = new ArrayList<>(cookies.size());
    for (String cookie : cookies) {
      fixed.add(cookie(cookie));
    }
    return fixed;
  }

  /** A cookie that is sent over TLS only and to its own site only. */
  static String cookie(String cookie) {
    boolean secure = names(cookie, "secure") && SECURE.matcher(cookie).find();
    boolean sameSite = names(cookie, "samesite=") && SAME_SITE.matcher(cookie).find();
    if (secure) {
      return sameSite ? cookie : cookie + "; SameSite=Lax";
    }
    return sameSite ? cookie + "; Secure" : cookie + "; Secure; SameSite=Lax";
  }

  /** Whether an attribute may be of that name: without one no regex need look. */
  private static boolean names(String cookie, String name) {
    for (int at = cookie.indexOf(';'); at >= 0; at = cookie.indexOf(';', at + 1)) {
      int start = at + 1;
      while (start < cookie.length() && cookie.charAt(start) <= ' ') {
        start++;
      }
      if (cookie.regionMatches(true, start, name, 0, name.length())) {
        return true;
      }
    }
    return false;
  }
}
