package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.transport.HttpExchange;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: the host that a client asked for. An absolute target's goes before the Host field's
 * (RFC 9112, 3.2.2), until Lua writes another one into the field.
 *
 * @param absolute of an absolute target; null for none
 * @param field the first Host field; null for none
 */
record SentHost(@Nullable String absolute, @Nullable String field) {
  static SentHost of(HttpExchange exchange) {
    return new SentHost(exchange.targetHost(), exchange.requestHeaders().first("Host"));
  }

  /** The host as it was sent, or as Lua wrote it; null for none. */
  @Nullable String among(Headers fields) {
    String now = fields.first("Host");
    return absolute == null || (now != null && !now.equals(field)) ? now : absolute;
  }

  /** The same as {@link HostName#parse} reads it; null for none. */
  @Nullable String asked(Headers fields) {
    String text = among(fields);
    return text == null ? null : HostName.parse(text);
  }
}
