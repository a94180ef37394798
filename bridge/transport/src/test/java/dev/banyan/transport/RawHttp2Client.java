package dev.banyan.transport;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A client that sends one request as HTTP/2 frames, its fields as they are, without indexing. */
final class RawHttp2Client implements AutoCloseable {
  /** A header field. */
  record Field(String name, String value) {}

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int GO_AWAY = 7;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int ONE_OCTET_LENGTH = 127;

  private final Socket socket = new Socket();

  RawHttp2Client(InetSocketAddress address) throws IOException {
    socket.setSoTimeout(10_000);
    socket.connect(address);
  }

  /** The answer's body and whether trailers followed, or how the server ended the stream. */
  String ask(List<Field> fields, List<String> data) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(out, SETTINGS, 0, 0, new byte[0]);
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (Field field : fields) {
      block.write(0);
      text(block, field.name());
      text(block, field.value());
    }
    frame(out, HEADERS, END_HEADERS | (data.isEmpty() ? END_STREAM : 0), 1, block.toByteArray());
    for (int i = 0; i < data.size(); i++) {
      byte[] octets = data.get(i).getBytes(StandardCharsets.ISO_8859_1);
      frame(out, DATA, i == data.size() - 1 ? END_STREAM : 0, 1, octets);
    }
    OutputStream wire = socket.getOutputStream();
    wire.write(out.toByteArray());
    wire.flush();
    return answer(new DataInputStream(socket.getInputStream()));
  }

  private static String answer(DataInputStream in) throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      in.readInt();
      byte[] octets = in.readNBytes(length);
      switch (type) {
        case DATA -> body.append(new String(octets, StandardCharsets.ISO_8859_1));
        case HEADERS -> body.append(body.isEmpty() ? "" : " and trailers");
        case RESET -> {
          return body.isEmpty() ? "reset" : body.toString();
        }
        case GO_AWAY -> {
          return "go away";
        }
        default -> {
          // settings, windows and heads say nothing about the verdict
        }
      }
      if (type <= HEADERS && (flags & END_STREAM) != 0) {
        return body.toString();
      }
    }
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    if (octets.length < ONE_OCTET_LENGTH) {
      out.write(octets.length);
    } else {
      out.write(ONE_OCTET_LENGTH);
      int rest = octets.length - ONE_OCTET_LENGTH;
      while (rest >= 128) {
        out.write(rest % 128 + 128);
        rest /= 128;
      }
      out.write(rest);
    }
    out.writeBytes(octets);
  }

  private static void frame(
      ByteArrayOutputStream out, int type, int flags, int stream, byte[] octets) {
    out.write(octets.length >> 16);
    out.write(octets.length >> 8);
    out.write(octets.length);
    out.write(type);
    out.write(flags);
    out.writeBytes(new byte[] {0, 0, 0, (byte) stream});
    out.writeBytes(octets);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
