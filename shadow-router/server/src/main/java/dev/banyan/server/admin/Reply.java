package dev.banyan.server.admin;

import dev.banyan.server.http.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers of the admin listener, each with the headers that keep browsers strict. */
final class Reply {
  static final String CSP =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final JsonMapper json;

  Reply(JsonMapper json) {
    this.json = json;
  }

  void json(Exchange exchange, int status, Object tree) throws IOException {
    send(exchange, status, "application/json", json.writeValueAsBytes(tree));
  }

  /** A problem in one line, as {@code {"error": "…"}}. */
  void error(Exchange exchange, int status, String message) throws IOException {
    json(exchange, status, Map.of("error", message));
  }

  void text(Exchange exchange, int status, String body) throws IOException {
    send(exchange, status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
  }

  void send(Exchange exchange, int status, String type, byte[] body) throws IOException {
    strict(exchange);
    exchange.set("Content-Type", type);
    exchange.begin(status, body.length).write(body);
  }

  void strict(Exchange exchange) {
    exchange.set("Content-Security-Policy", CSP);
    exchange.set("X-Content-Type-Options", "nosniff");
    exchange.set("Referrer-Policy", "no-referrer");
    exchange.set("Cross-Origin-Opener-Policy", "same-origin");
    exchange.set("Cross-Origin-Resource-Policy", "same-origin");
    if (!exchange.has("Cache-Control")) {
      exchange.set("Cache-Control", "no-store");
    }
  }
}
