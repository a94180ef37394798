package dev.banyan.transport;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** The octets that an HTTP/2 client begins with. */
final class Http2Preface {
  private static final byte[] OCTETS =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private Http2Preface() {}

  /** How sure the first octets make us. */
  enum Match {
    YES,
    NO,
    MAYBE
  }

  static Match match(ByteBuf first) {
    int length = Math.min(first.readableBytes(), OCTETS.length);
    for (int i = 0; i < length; i++) {
      if (first.getByte(first.readerIndex() + i) != OCTETS[i]) {
        return Match.NO;
      }
    }
    return length == OCTETS.length ? Match.YES : Match.MAYBE;
  }
}
