package dev.banyan.gateway;

import dev.banyan.api.FieldNames;
import dev.banyan.api.Headers;
import dev.banyan.nginx.ProxySettings;
import dev.banyan.nginx.ProxyTarget;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The fields of the request that goes to a server of gRPC, behind method, scheme and path. */
final class GrpcRequestHead {
  private static final String TRAILERS = "trailers";

  /** What a client's fields of these names say of its own connection. */
  private static final FieldNames REPLACED =
      FieldNames.of(
          "content-length",
          "te",
          "host",
          "connection",
          "transfer-encoding",
          "keep-alive",
          "expect",
          "upgrade");

  private GrpcRequestHead() {}

  static Headers of(Request r, ProxySettings settings, ProxyTarget target) {
    Headers sent = r.headers();
    Headers out = Headers.withRoomFor(settings.setHeaders().size() + sent.size() + 2);
    if (!configured(settings, "Host")) {
      out.add(":authority", target.authority());
    }
    for (ProxySettings.SetHeader header : settings.setHeaders()) {
      add(out, header.name(), header.value().evaluate(r));
    }
    if (!configured(settings, "Content-Length")) {
      add(out, "Content-Length", VariableValues.contentLength(r));
    }
    if (!configured(settings, "TE")) {
      add(out, "TE", takesTrailers(sent) ? TRAILERS : null);
    }
    for (int i = 0; i < sent.size(); i++) {
      String name = sent.name(i);
      if (!REPLACED.contains(name) && !configured(settings, name)) {
        out.add(name, sent.value(i));
      }
    }
    return out;
  }

  private static void add(Headers out, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      out.add(name, value);
    }
  }

  /** Whether the client has said that it takes fields behind a body. */
  private static boolean takesTrailers(Headers sent) {
    String said = sent.first("TE");
    return said != null && said.toLowerCase(Locale.ROOT).contains(TRAILERS);
  }

  private static boolean configured(ProxySettings settings, String name) {
    for (ProxySettings.SetHeader header : settings.setHeaders()) {
      if (header.name().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
