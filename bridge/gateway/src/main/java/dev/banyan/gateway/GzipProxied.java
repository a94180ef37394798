package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.lua.ngx.text.HttpTime;
import dev.banyan.nginx.GzipSettings.Proxied;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/** {@code gzip_proxied}: which answers to proxied requests may be compressed. */
final class GzipProxied {
  private GzipProxied() {}

  static boolean allows(Request r, Set<Proxied> kinds) {
    if (kinds.isEmpty() || kinds.contains(Proxied.OFF)) {
      return false;
    }
    if (kinds.contains(Proxied.ANY)) {
      return true;
    }
    Headers fields = r.response().headers();
    if (kinds.contains(Proxied.AUTH) && r.headers().contains("Authorization")) {
      return true;
    }
    String expires = fields.first("Expires");
    if (expires != null) {
      OptionalLong time = HttpTime.parse(expires);
      return kinds.contains(Proxied.EXPIRED)
          && time.isPresent()
          && time.getAsLong() < r.worker().nowMillis() / 1000;
    }
    String control = fields.first("Cache-Control");
    if (control != null) {
      String lower = control.toLowerCase(Locale.ROOT);
      return (kinds.contains(Proxied.NO_CACHE) && lower.contains("no-cache"))
          || (kinds.contains(Proxied.NO_STORE) && lower.contains("no-store"))
          || (kinds.contains(Proxied.PRIVATE) && lower.contains("private"));
    }
    return !(kinds.contains(Proxied.NO_LAST_MODIFIED) && fields.contains("Last-Modified"))
        && !(kinds.contains(Proxied.NO_ETAG) && fields.contains("ETag"));
  }
}
