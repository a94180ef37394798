package dev.banyan.it.handover;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread: a client of HTTP/1.1 that keeps its connection until it is told that it
 * ends, and never asks twice: whatever goes wrong is the server's fault.
 */
final class Client implements AutoCloseable {
  private final SocketAddress address;
  private final boolean keeps;
  private @Nullable SocketChannel channel;
  private @Nullable InputStream input;

  Client(SocketAddress address, boolean keeps) {
    this.address = address;
    this.keeps = keeps;
  }

  /** The body of a 200, or an exception. */
  String post(String path) throws IOException {
    SocketChannel open = channel;
    if (open == null) {
      open = SocketChannel.open(address);
      channel = open;
      input = Channels.newInputStream(open);
    }
    String request =
        "POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n%s\r\nok"
            .formatted(path, keeps ? "" : "Connection: close\r\n");
    ByteBuffer octets = ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1));
    while (octets.hasRemaining()) {
      open.write(octets);
    }
    String status = line();
    int length = 0;
    boolean last = false;
    for (String field = line(); !field.isEmpty(); field = line()) {
      String lower = field.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length: ")) {
        length = Integer.parseInt(lower.substring("content-length: ".length()));
      }
      last |= lower.equals("connection: close");
    }
    byte[] body = Objects.requireNonNull(input).readNBytes(length);
    if (!status.startsWith("HTTP/1.1 200") || body.length < length) {
      throw new IOException(status + " with " + body.length + " of " + length + " octets");
    }
    if (last) {
      close();
    }
    return new String(body, StandardCharsets.ISO_8859_1);
  }

  private String line() throws IOException {
    InputStream from = Objects.requireNonNull(input);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = from.read(); octet != '\n'; octet = from.read()) {
      if (octet < 0) {
        throw new EOFException("the connection ended in \"" + line + "\"");
      }
      if (octet != '\r') {
        line.write(octet);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    SocketChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }
}
