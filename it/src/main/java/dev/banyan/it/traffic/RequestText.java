package dev.banyan.it.traffic;

import dev.banyan.it.wire.Field;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Confined to one thread: a request being written, its fields in the order of the calls. */
public final class RequestText {
  private static final int[] CHUNK_SIZES = {5, 1, 300, 4096, 17, 60_000};

  private final String method;
  private final String target;
  private final List<Field> fields = new ArrayList<>();
  private byte[] framedBody = new byte[0];

  /** A request for {@code target}, as it shall stand in the request line. */
  public RequestText(String method, String target, String host) {
    this.method = method;
    this.target = target;
    header("Host", host);
  }

  /** Adds a field. */
  public RequestText header(String name, String value) {
    fields.add(new Field(name, value));
    return this;
  }

  /** Adds a body with its length. */
  public RequestText sized(byte[] body) {
    header("Content-Length", Integer.toString(body.length));
    framedBody = body;
    return this;
  }

  /** Adds a body in chunks of several sizes. */
  public RequestText chunked(byte[] body) {
    header("Transfer-Encoding", "chunked");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    for (int i = 0; at < body.length; i++) {
      int size = Math.min(CHUNK_SIZES[i % CHUNK_SIZES.length], body.length - at);
      out.writeBytes(octets(Integer.toHexString(size) + "\r\n"));
      out.write(body, at, size);
      out.writeBytes(octets("\r\n"));
      at += size;
    }
    out.writeBytes(octets("0\r\n\r\n"));
    framedBody = out.toByteArray();
    return this;
  }

  /** The finished exchange. */
  public Exchange as(Kind kind) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    for (Field field : fields) {
      head.append(field).append("\r\n");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(octets(head.append("\r\n").toString()));
    out.writeBytes(framedBody);
    String shown = target.length() > 60 ? target.substring(0, 60) + "..." : target;
    return new Exchange(
        kind, method + " " + shown + " " + fields.get(0).value(), method, out.toByteArray());
  }

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
