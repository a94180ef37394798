package dev.banyan.duel.suite;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request to send. Immutable; all texts are octet strings.
 *
 * <p>Fields are sent as they are listed. Only the framing of a body is seen to: one without {@code
 * Content-Length} and {@code Transfer-Encoding} gets its length, one with {@code Transfer-Encoding:
 * chunked} is sent in chunks of several sizes.
 *
 * @param target as it stands in the request line
 * @param version such as {@code HTTP/1.1}
 * @param body the octets before any framing; empty for none
 */
public record Request(
    String method, String target, String version, List<Field> fields, String body) {
  private static final int[] CHUNK_SIZES = {5, 1, 300, 4096, 17, 60_000};

  /** Copies the fields. */
  public Request {
    fields = List.copyOf(fields);
  }

  /** A request of HTTP/1.1 without a body. */
  public static Request of(String method, String target, String host) {
    return new Request(method, target, "HTTP/1.1", List.of(new Field("Host", host)), "");
  }

  /** The same with one field more. */
  public Request with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return withFields(more);
  }

  /** The same with these fields. */
  public Request withFields(List<Field> others) {
    return new Request(method, target, version, others, body);
  }

  /** The same for another target. */
  public Request withTarget(String other) {
    return new Request(method, other, version, fields, body);
  }

  /** The same with another method. */
  public Request withMethod(String other) {
    return new Request(other, target, version, fields, body);
  }

  /** The same with another body. */
  public Request withBody(String other) {
    return new Request(method, target, version, fields, other);
  }

  /** The first value of a field. */
  public Optional<String> value(String name) {
    return fields.stream().filter(f -> f.named(name)).map(Field::value).findFirst();
  }

  /** Whether the body goes out in chunks. */
  public boolean isChunked() {
    return value("Transfer-Encoding")
        .filter(coding -> coding.toLowerCase(Locale.ROOT).contains("chunked"))
        .isPresent();
  }

  /** The octets of HTTP/1 for it, with one field added at the end. */
  public byte[] encode(Field added) {
    StringBuilder head = new StringBuilder(method + " " + target + " " + version + "\r\n");
    fields.forEach(field -> head.append(field).append("\r\n"));
    boolean framed = isChunked() || value("Content-Length").isPresent();
    if (!framed && !body.isEmpty()) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    head.append(added).append("\r\n\r\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream(head.length() + body.length());
    out.writeBytes(octets(head.toString()));
    if (isChunked()) {
      chunks(out);
    } else {
      out.writeBytes(octets(body));
    }
    return out.toByteArray();
  }

  private void chunks(ByteArrayOutputStream out) {
    int at = 0;
    for (int i = 0; at < body.length(); i++) {
      int end = Math.min(at + CHUNK_SIZES[i % CHUNK_SIZES.length], body.length());
      out.writeBytes(octets(Integer.toHexString(end - at) + "\r\n"));
      out.writeBytes(octets(body.substring(at, end) + "\r\n"));
      at = end;
    }
    out.writeBytes(octets("0\r\n\r\n"));
  }

  /** The octets of an octet string. */
  public static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
