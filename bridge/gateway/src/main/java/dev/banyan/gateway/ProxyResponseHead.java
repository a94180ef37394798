package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.ProxySettings;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.transport.Upstream;
import java.util.Locale;
import java.util.Set;

/** Takes an origin's head over into the response. */
final class ProxyResponseHead {
  private static final Set<String> HIDDEN =
      Set.of(
          "date",
          "server",
          "x-pad",
          "x-accel-expires",
          "x-accel-redirect",
          "x-accel-limit-rate",
          "x-accel-buffering",
          "x-accel-charset");

  private static final Set<String> HOP =
      Set.of("connection", "keep-alive", "transfer-encoding", "content-length");

  private ProxyResponseHead() {}

  static void copy(
      Request r, ContentHandler.Proxy handler, ProxyTarget target, Upstream.Response answer) {
    ProxySettings proxy = r.location().proxy();
    Headers out = r.response().headers();
    answer
        .headers()
        .forEach((name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (HOP.contains(lower) || hidden(proxy, lower)) {
            return;
          }
          switch (lower) {
            case "content-type", "last-modified", "etag" -> out.set(name, value);
            case "location" -> ProxyRedirects.location(r, handler, target, value);
            case "refresh" -> out.set(name, ProxyRedirects.refresh(r, handler, target, value));
            case "set-cookie" -> out.add(name, ProxyCookies.rewrite(r, value));
            case "accept-ranges" -> {
              if (!proxy.forceRanges()) {
                out.add(name, value);
              }
            }
            default -> out.add(name, value);
          }
        });
    String length = answer.headers().first("Content-Length");
    if (length == null) {
      out.remove("Content-Length");
    } else {
      out.set("Content-Length", length);
    }
    r.response().status(answer.status(), answer.reason());
    r.response().judgedByOrigin();
    r.response().allowOneRange(proxy.forceRanges());
  }

  private static boolean hidden(ProxySettings proxy, String lower) {
    if (contains(proxy.hideHeaders(), lower)) {
      return true;
    }
    return HIDDEN.contains(lower) && !contains(proxy.passHeaders(), lower);
  }

  private static boolean contains(Set<String> names, String lower) {
    for (String name : names) {
      if (name.equalsIgnoreCase(lower)) {
        return true;
      }
    }
    return false;
  }
}
