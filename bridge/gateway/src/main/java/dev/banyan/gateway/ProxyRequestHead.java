package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.nginx.ProxySettings;
import dev.banyan.nginx.ProxyTarget;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The fields of the request that goes to an origin. */
final class ProxyRequestHead {
  private static final Set<String> REPLACED =
      Set.of(
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "te",
          "keep-alive",
          "expect",
          "upgrade");

  private ProxyRequestHead() {}

  /**
   * Builds the fields.
   *
   * @param length of the body, -1 for none
   * @param chunked whether the body goes out chunked
   */
  static Headers of(Request r, ProxyTarget target, long length, boolean chunked) {
    ProxySettings proxy = r.location().proxy();
    Headers out = new Headers();
    Set<String> set = new HashSet<>(REPLACED);
    Set<String> configured = new HashSet<>();
    for (ProxySettings.SetHeader header : proxy.setHeaders()) {
      String lower = header.name().toLowerCase(Locale.ROOT);
      set.add(lower);
      configured.add(lower);
      String value = header.value().evaluate(r);
      if (!value.isEmpty()) {
        out.add(header.name(), value);
      }
    }
    if (!configured.contains("host")) {
      out.add("Host", target.authority());
    }
    if (!configured.contains("connection")) {
      out.add("Connection", "close");
    }
    if (!configured.contains("content-length") && length >= 0 && !chunked) {
      out.add("Content-Length", Long.toString(length));
    }
    if (!configured.contains("transfer-encoding") && chunked) {
      out.add("Transfer-Encoding", "chunked");
    }
    if (proxy.passRequestHeaders()) {
      r.headers()
          .forEach((name, value) -> {
            if (!set.contains(name.toLowerCase(Locale.ROOT))) {
              out.add(name, value);
            }
          });
    }
    return out;
  }
}
