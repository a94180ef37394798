package dev.banyan.it.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A received body, without its framing.
 *
 * @param complete false when the connection ended before the framing said so
 */
public record Payload(Framing framing, byte[] bytes, List<Field> trailers, boolean complete) {
  /** The absent body. */
  public static final Payload NONE = new Payload(Framing.NONE, new byte[0], List.of(), true);

  /** The bytes as an octet string. */
  public String text() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
