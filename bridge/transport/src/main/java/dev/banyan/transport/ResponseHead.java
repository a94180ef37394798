package dev.banyan.transport;

import dev.banyan.api.Headers;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a response head as nginx lays it out. */
final class ResponseHead {
  /**
   * The fields that nginx's header filter writes before Transfer-Encoding and Connection, as it
   * spells them: one that is spelt another way was set by Lua, and is listed.
   */
  private static final Set<String> LEADING =
      Set.of("Server", "Date", "Content-Type", "Content-Length", "Last-Modified", "Location");

  private ResponseHead() {}

  /**
   * Lays one out, with a status line of its own unless another server's is given: the first {@code
   * lead} fields before those of the framing, the others after them.
   *
   * @throws IllegalArgumentException when a line end or NUL would forge fields
   */
  static HeadText of(
      int status,
      String statusLine,
      Headers headers,
      int lead,
      boolean chunked,
      @Nullable String connection) {
    HeadText head = HeadText.begin().add("HTTP/1.1 ");
    if (statusLine.isEmpty()) {
      if (status >= 0 && status < 100) {
        head.add(status < 10 ? "00" : "0"); // nginx writes three digits at least
      }
      head.add(Integer.toString(status)).add(' ').add(ReasonPhrases.of(status)).line();
    } else {
      head.foreign(statusLine).line();
    }
    for (int i = 0; i < lead; i++) {
      head.field(headers.name(i), headers.value(i));
    }
    if (chunked) {
      head.field("Transfer-Encoding", "chunked");
    }
    if (connection != null) {
      head.field("Connection", connection);
    }
    for (int i = lead; i < headers.size(); i++) {
      head.field(headers.name(i), headers.value(i));
    }
    return head.line();
  }

  /** How many of the first fields are such that nginx's header filter writes itself. */
  static int leading(Headers headers) {
    int lead = 0;
    while (lead < headers.size() && LEADING.contains(headers.name(lead))) {
      lead++;
    }
    return lead;
  }

  /** Refuses a line end or NUL in text that others chose: it would forge fields. */
  static void check(String text) {
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("line end or NUL in a head: " + text);
    }
  }

  static void ascii(ByteBuf out, String octets) {
    out.writeCharSequence(octets, StandardCharsets.ISO_8859_1);
  }

  static void lineEnd(ByteBuf out) {
    out.writeShort(0x0d0a);
  }

  /** Writes a chunk's size line; answers its length. */
  static int chunkSize(ByteBuf out, int size) {
    int before = out.writerIndex();
    ascii(out, Integer.toHexString(size));
    lineEnd(out);
    return out.writerIndex() - before;
  }
}
