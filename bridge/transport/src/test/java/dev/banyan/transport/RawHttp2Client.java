package dev.banyan.transport;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
  private static final int CONTINUATION = 9;
  private static final int FRAME = 16_384;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int ONE_OCTET_LENGTH = 127;

  private final Socket socket = new Socket();

  RawHttp2Client(InetSocketAddress address) throws IOException {
    socket.setSoTimeout(30_000);
    socket.connect(address);
  }

  /** The answer's body and whether trailers followed, or how the server ended the stream. */
  String ask(List<Field> fields, List<String> data) throws IOException {
    return ask(fields, data, List.of());
  }

  /** The same, with fields after the data, unless there are none. */
  String ask(List<Field> fields, List<String> data, List<Field> trailers) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(out, SETTINGS, 0, 0, new byte[0]);
    headers(out, fields, data.isEmpty());
    for (int i = 0; i < data.size(); i++) {
      byte[] octets = data.get(i).getBytes(StandardCharsets.ISO_8859_1);
      boolean last = i == data.size() - 1 && trailers.isEmpty();
      frame(out, DATA, last ? END_STREAM : 0, 1, octets);
    }
    if (!trailers.isEmpty()) {
      headers(out, trailers, true);
    }
    OutputStream wire = socket.getOutputStream();
    wire.write(out.toByteArray());
    wire.flush();
    return answer(new DataInputStream(socket.getInputStream()));
  }

  /** A header block, in as many frames as it needs. */
  static void headers(ByteArrayOutputStream out, List<Field> fields, boolean end) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (Field field : fields) {
      block.write(0);
      text(block, field.name());
      text(block, field.value());
    }
    byte[] octets = block.toByteArray();
    for (int at = 0; at < octets.length; at += FRAME) {
      int stop = Math.min(at + FRAME, octets.length);
      int type = at == 0 ? HEADERS : CONTINUATION;
      int flags = (stop == octets.length ? END_HEADERS : 0) | (at == 0 && end ? END_STREAM : 0);
      frame(out, type, flags, 1, Arrays.copyOfRange(octets, at, stop));
    }
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
          return "go away " + ByteBuffer.wrap(octets).getInt(Integer.BYTES);
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

  static void frame(ByteArrayOutputStream out, int type, int flags, int stream, byte[] octets) {
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
