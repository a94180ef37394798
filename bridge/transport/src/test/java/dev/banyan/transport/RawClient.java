package dev.banyan.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends octets as they are. */
final class RawClient implements AutoCloseable {
  private final Socket socket = new Socket();

  RawClient(InetSocketAddress address) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(30_000);
    socket.connect(address);
  }

  Socket socket() {
    return socket;
  }

  RawClient send(String octets) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return this;
  }

  /** Everything up to the server's end. */
  String readAll() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    socket.getInputStream().transferTo(out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  /** What comes up to and including {@code mark}. */
  String readUntil(String mark) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(mark) < 0) {
      int octet = socket.getInputStream().read();
      if (octet < 0) {
        throw new IOException("closed after: " + text);
      }
      text.append((char) octet);
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  static String talk(InetSocketAddress address, String octets) throws IOException {
    try (RawClient client = new RawClient(address)) {
      return client.send(octets).readAll();
    }
  }
}
