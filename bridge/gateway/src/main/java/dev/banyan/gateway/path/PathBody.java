package dev.banyan.gateway.path;

import dev.banyan.api.Headers;
import java.util.Objects;

/**
 * Immutable: a body at a place of a path, with what its message said of it.
 *
 * @param octets one character each
 * @param type the field {@code Content-Type}; empty for none
 * @param encoding the field {@code Content-Encoding}; empty for none
 */
public record PathBody(String octets, String type, String encoding) {
  /** The body of a message with these fields. */
  public static PathBody of(String octets, Headers fields) {
    return new PathBody(
        octets,
        Objects.requireNonNullElse(fields.first("Content-Type"), ""),
        String.join(", ", fields.all("Content-Encoding")));
  }
}
