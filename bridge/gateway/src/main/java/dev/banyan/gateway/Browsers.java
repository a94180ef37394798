package dev.banyan.gateway;

import dev.banyan.nginx.BrowserSettings;
import org.jspecify.annotations.Nullable;

/** {@code $modern_browser}, {@code $ancient_browser} and {@code $msie}. */
final class Browsers {
  private static final long MILLION = 1_000_000;
  private static final int SHORTEST_NETSCAPE = "Mozilla/4.72 ".length();

  private Browsers() {}

  /** The value of a modern browser; empty for an ancient one. */
  static String modern(Request r) {
    BrowserSettings settings = r.location().settings().browsers();
    return isModern(r, settings) ? settings.modernValue() : "";
  }

  /** The value of an ancient browser; empty for a modern one. */
  static String ancient(Request r) {
    BrowserSettings settings = r.location().settings().browsers();
    return isModern(r, settings) ? "" : settings.ancientValue();
  }

  static String explorer(Request r) {
    String agent = r.headers().first("User-Agent");
    return agent != null && UserAgents.explorer(agent) ? "1" : "";
  }

  private static boolean isModern(Request r, BrowserSettings settings) {
    @Nullable String agent = r.headers().first("User-Agent");
    if (agent == null) {
      return settings.unlisted();
    }
    for (BrowserSettings.Modern modern : settings.modern()) {
      int at = modern.kind().versionIn(agent);
      if (at >= 0) {
        return reaches(agent, at, modern.version());
      }
    }
    if (!settings.unlisted()) {
      return false;
    }
    return !(settings.netscape4() && isNetscape(agent))
        && settings.ancient().stream().noneMatch(agent::contains);
  }

  private static boolean reaches(String agent, int from, long wanted) {
    long version = 0;
    long number = 0;
    long scale = MILLION;
    for (int at = from; at < agent.length(); at++) {
      char c = agent.charAt(at);
      if (c >= '0' && c <= '9') {
        number = number * 10 + (c - '0');
      } else if (c == '.') {
        version += number * scale;
        if (version > wanted) {
          return true;
        }
        number = 0;
        scale /= 100;
      } else {
        break;
      }
    }
    return version + number * scale >= wanted;
  }

  private static boolean isNetscape(String agent) {
    return agent.length() > SHORTEST_NETSCAPE
        && agent.startsWith("Mozilla/")
        && agent.charAt(8) > '0'
        && agent.charAt(8) < '5';
  }
}
