package dev.banyan.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code $sent_http_*} variables. */
final class SentFields {
  private SentFields() {}

  static @Nullable String value(Request r, String key) {
    Response response = r.response();
    return switch (key) {
      case "location" ->
          response.headSent()
                  && response.redirectsToPath()
                  && r.location().core().absoluteRedirect()
              ? OwnAddress.of(r, String.valueOf(response.headers().first("Location")))
              : VariableValues.field(response.headers(), key);
      case "connection" -> r.keepsAlive() ? "keep-alive" : "close";
      case "keep_alive" -> {
        long seconds = r.location().core().keepaliveHeader().toSeconds();
        yield r.keepsAlive() && seconds > 0 ? "timeout=" + seconds : null;
      }
      case "transfer_encoding" ->
          response.headSent()
                  && !response.headerOnly()
                  && !response.headers().contains("Content-Length")
                  && r.client().exchange().version() >= 11
              ? "chunked"
              : null;
      case "cache_control", "link" -> {
        List<String> all = response.headers().all(key.replace('_', '-'));
        yield VariableValues.join(all, ", ");
      }
      default -> VariableValues.field(response.headers(), key);
    };
  }
}
