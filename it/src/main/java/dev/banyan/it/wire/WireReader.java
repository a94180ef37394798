package dev.banyan.it.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Confined to one thread at a time: reads messages from one connection. */
public final class WireReader {
  private static final int MAX_LINE = 1 << 20;
  private static final int MAX_BODY = 64 << 20;

  private final InputStream in;

  /** Reads from {@code in}, which this reader buffers. */
  public WireReader(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /** The next head; empty when the connection ended before its first byte. */
  public Optional<Head> head() throws IOException {
    String start = line();
    if (start == null) {
      return Optional.empty();
    }
    return Optional.of(new Head(start, fields()));
  }

  /** The body of a request with that head. */
  public Payload requestBody(Head head) throws IOException {
    if (head.lists("Transfer-Encoding", "chunked")) {
      return chunked();
    }
    Optional<String> length = head.first("Content-Length");
    return length.isPresent() ? sized(length.get()) : Payload.NONE;
  }

  /** The body of a response with that head, given whether a HEAD request asked for it. */
  public Payload responseBody(Head head, String method) throws IOException {
    int status = head.status();
    if (method.equals("HEAD") || status == 204 || status == 304 || status < 200) {
      return Payload.NONE;
    }
    if (head.lists("Transfer-Encoding", "chunked")) {
      return chunked();
    }
    Optional<String> length = head.first("Content-Length");
    return length.isPresent() ? sized(length.get()) : untilClose();
  }

  private Payload sized(String length) throws IOException {
    int wanted = Integer.parseInt(length);
    byte[] bytes = in.readNBytes(Math.min(wanted, MAX_BODY));
    return new Payload(Framing.SIZED, bytes, List.of(), bytes.length == wanted);
  }

  private Payload untilClose() throws IOException {
    return new Payload(Framing.UNTIL_CLOSE, in.readNBytes(MAX_BODY), List.of(), true);
  }

  private Payload chunked() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      while (true) {
        int size = chunkSize(required());
        if (size == 0) {
          return new Payload(Framing.CHUNKED, body.toByteArray(), fields(), true);
        }
        byte[] data = in.readNBytes(size);
        body.write(data);
        if (data.length < size || body.size() > MAX_BODY) {
          throw new EOFException("a chunk is cut off");
        }
        required();
      }
    } catch (IOException cut) {
      return new Payload(Framing.CHUNKED, body.toByteArray(), List.of(), false);
    }
  }

  private static int chunkSize(String line) throws IOException {
    int end = line.indexOf(';');
    try {
      return Integer.parseInt((end < 0 ? line : line.substring(0, end)).strip(), 16);
    } catch (NumberFormatException e) {
      throw new IOException("\"" + line + "\" is no chunk size", e);
    }
  }

  private List<Field> fields() throws IOException {
    List<Field> fields = new ArrayList<>();
    for (String line = required(); !line.isEmpty(); line = required()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("\"" + line + "\" is no header field");
      }
      fields.add(new Field(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return fields;
  }

  private String required() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("the connection ended inside a message");
    }
    return line;
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 && line.size() == 0) {
        return null;
      }
      if (b < 0 || line.size() > MAX_LINE) {
        throw new EOFException("the connection ended inside a line, or the line has no end");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
