package dev.banyan.transport;

import dev.banyan.api.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a response head as nginx lays it out. */
final class ResponseHead {
  /** The fields that nginx's header filter writes before Transfer-Encoding and Connection. */
  private static final Set<String> LEADING =
      Set.of("server", "date", "content-type", "content-length", "last-modified", "location");

  private ResponseHead() {}

  static void write(
      ByteBuf out,
      int status,
      String reason,
      Headers headers,
      boolean chunked,
      @Nullable String connection) {
    ascii(out, "HTTP/1.1 ");
    ascii(out, Integer.toString(status));
    out.writeByte(' ');
    ascii(out, reason);
    ascii(out, "\r\n");
    int lead = 0;
    while (lead < headers.size() && leading(headers.name(lead))) {
      lead++;
    }
    for (int i = 0; i < lead; i++) {
      field(out, headers.name(i), headers.value(i));
    }
    if (chunked) {
      field(out, "Transfer-Encoding", "chunked");
    }
    if (connection != null) {
      field(out, "Connection", connection);
    }
    for (int i = lead; i < headers.size(); i++) {
      field(out, headers.name(i), headers.value(i));
    }
    ascii(out, "\r\n");
  }

  static void field(ByteBuf out, String name, String value) {
    ascii(out, name);
    ascii(out, ": ");
    ascii(out, value);
    ascii(out, "\r\n");
  }

  static void ascii(ByteBuf out, String octets) {
    out.writeCharSequence(octets, StandardCharsets.ISO_8859_1);
  }

  static void chunkSize(ByteBuf out, int size) {
    ByteBufUtil.writeAscii(out, Integer.toHexString(size));
    out.writeShort(0x0d0a);
  }

  private static boolean leading(String name) {
    return LEADING.contains(name.toLowerCase(java.util.Locale.ROOT));
  }
}
