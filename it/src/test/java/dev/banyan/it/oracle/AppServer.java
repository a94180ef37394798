package dev.banyan.it.oracle;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An application server that tells what it was told, or does the steps of its parameter {@code
 * STEPS}, as a bad one would: {@code oTEXT} output, {@code dN} so many octets of it, {@code eTEXT}
 * error output, {@code z} the end of the output, {@code q} the end of the request, {@code rHEX}
 * octets as they are, {@code nN} records of at most so many octets, {@code pN} padding, {@code wN}
 * milliseconds of waiting. Steps are parted by {@code |}.
 */
final class AppServer implements AutoCloseable {
  /** What it speaks. */
  enum Wire {
    FASTCGI,
    UWSGI,
    SCGI
  }

  private static final int BEGIN = 1;
  private static final int END = 3;
  private static final int PARAMS = 4;
  private static final int STDIN = 5;
  private static final int STDOUT = 6;
  private static final int STDERR = 7;

  private final Wire wire;
  private final ServerSocket listener;

  private AppServer(Wire wire, ServerSocket listener) {
    this.wire = wire;
    this.listener = listener;
  }

  static AppServer start(Wire wire, int port) throws IOException {
    AppServer server =
        new AppServer(wire, new ServerSocket(port, 64, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return; // it was closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int served = 0;
      boolean more = true;
      while (more) {
        Asked asked = read(in);
        served++;
        answer(asked, served, new Out(wire, socket.getOutputStream()));
        more = asked.keeps;
      }
    } catch (IOException e) {
      // whoever asked has left
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A request. */
  private record Asked(
      String framing, Map<String, String> parameters, String body, boolean keeps) {}

  private Asked read(DataInputStream in) throws IOException {
    return switch (wire) {
      case FASTCGI -> fastcgi(in);
      case UWSGI -> uwsgi(in);
      case SCGI -> scgi(in);
    };
  }

  private static Asked fastcgi(DataInputStream in) throws IOException {
    StringBuilder framing = new StringBuilder();
    ByteArrayOutputStream parameters = new ByteArrayOutputStream();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean keeps = false;
    while (true) {
      if (in.readUnsignedByte() != 1) {
        throw new IOException("another version");
      }
      int type = in.readUnsignedByte();
      int id = in.readUnsignedShort();
      int length = in.readUnsignedShort();
      int padding = in.readUnsignedByte();
      in.readUnsignedByte();
      byte[] content = in.readNBytes(length);
      in.readNBytes(padding);
      if (type != STDIN) {
        framing.append(type).append('/').append(id).append('/').append((length + padding) % 8);
        framing.append(' ');
      }
      switch (type) {
        case BEGIN -> keeps = (content[2] & 1) != 0;
        case PARAMS -> parameters.writeBytes(content);
        case STDIN -> {
          body.writeBytes(content);
          if (length == 0) {
            return new Asked(
                framing.toString(), pairs(parameters.toByteArray()), text(body), keeps);
          }
        }
        default -> throw new IOException("a record of type " + type);
      }
    }
  }

  private static Map<String, String> pairs(byte[] octets) {
    Map<String, String> pairs = new LinkedHashMap<>();
    int[] at = {0};
    while (at[0] < octets.length) {
      int name = length(octets, at);
      int value = length(octets, at);
      put(pairs, text(octets, at[0], name), text(octets, at[0] + name, value));
      at[0] += name + value;
    }
    return pairs;
  }

  private static int length(byte[] octets, int[] at) {
    int first = octets[at[0]++] & 0xff;
    if (first < 128) {
      return first;
    }
    int length = first & 0x7f;
    for (int i = 0; i < 3; i++) {
      length = (length << 8) | (octets[at[0]++] & 0xff);
    }
    return length;
  }

  /** A name that comes again is told again. */
  private static void put(Map<String, String> pairs, String name, String value) {
    pairs.merge(name, value, (one, other) -> one + "\n" + name + "=" + other);
  }

  private static Asked uwsgi(DataInputStream in) throws IOException {
    int modifier1 = in.readUnsignedByte();
    int length = in.readUnsignedByte() | (in.readUnsignedByte() << 8);
    int modifier2 = in.readUnsignedByte();
    byte[] octets = in.readNBytes(length);
    Map<String, String> pairs = new LinkedHashMap<>();
    int at = 0;
    while (at + 1 < octets.length) {
      int name = (octets[at] & 0xff) | ((octets[at + 1] & 0xff) << 8);
      String key = text(octets, at + 2, name);
      at += 2 + name;
      int value = (octets[at] & 0xff) | ((octets[at + 1] & 0xff) << 8);
      put(pairs, key, text(octets, at + 2, value));
      at += 2 + value;
    }
    return new Asked(modifier1 + " " + modifier2, pairs, body(in, pairs), false);
  }

  private static Asked scgi(DataInputStream in) throws IOException {
    int length = 0;
    for (int c = in.readUnsignedByte(); c != ':'; c = in.readUnsignedByte()) {
      length = 10 * length + c - '0';
    }
    String[] texts = text(in.readNBytes(length), 0, length).split("\0", -1);
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i + 1 < texts.length; i += 2) {
      put(pairs, texts[i], texts[i + 1]);
    }
    String end = Character.toString(in.readUnsignedByte());
    return new Asked(end, pairs, body(in, pairs), false);
  }

  private static String body(DataInputStream in, Map<String, String> pairs) throws IOException {
    String told = pairs.getOrDefault("CONTENT_LENGTH", "");
    int length = told.isEmpty() ? 0 : Integer.parseInt(told.lines().findFirst().orElse("0"));
    return text(in.readNBytes(length), 0, length);
  }

  private static String text(ByteArrayOutputStream octets) {
    return octets.toString(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] octets, int from, int length) {
    return new String(octets, from, length, StandardCharsets.ISO_8859_1);
  }

  private static void answer(Asked asked, int served, Out out)
      throws IOException, InterruptedException {
    String steps = asked.parameters.get("STEPS");
    if (steps != null) {
      for (String step : steps.split("\\|")) {
        if (!step.isEmpty()) {
          out.step(step.charAt(0), step.substring(1));
        }
      }
      return;
    }
    StringBuilder told = new StringBuilder("Content-Type: text/plain\r\nX-Served: ");
    told.append(served).append("\r\n\r\n").append(asked.framing).append('\n');
    asked.parameters.forEach(
        (name, value) -> told.append(name).append('=').append(value).append('\n'));
    told.append('[').append(asked.body).append("]\n");
    out.step('o', told.toString());
    out.step('z', "");
    out.step('q', "0");
  }

  /** Where an answer goes. */
  private static final class Out {
    private final Wire wire;
    private final OutputStream out;
    private int most = 60_000;
    private int padding;

    Out(Wire wire, OutputStream out) {
      this.wire = wire;
      this.out = out;
    }

    void step(char kind, String text) throws IOException, InterruptedException {
      switch (kind) {
        case 'o' -> records(STDOUT, text);
        case 'd' -> records(STDOUT, "0123456789".repeat(Integer.parseInt(text) / 10));
        case 'e' -> records(STDERR, text);
        case 'z' -> record(STDOUT, new byte[0]);
        case 'q' -> record(END, new byte[] {0, 0, 0, 7, 0, 0, 0, 0});
        case 'r' -> out.write(java.util.HexFormat.of().parseHex(text));
        case 'n' -> most = Integer.parseInt(text);
        case 'p' -> padding = Integer.parseInt(text);
        case 'w' -> Thread.sleep(Integer.parseInt(text));
        default -> throw new EOFException("no such step: " + kind);
      }
      out.flush();
    }

    private void records(int type, String text) throws IOException {
      byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
      for (int at = 0; at < octets.length; at += most) {
        record(type, java.util.Arrays.copyOfRange(octets, at, Math.min(octets.length, at + most)));
      }
    }

    private void record(int type, byte[] content) throws IOException {
      if (wire != Wire.FASTCGI) {
        if (type == STDOUT) {
          out.write(content);
        }
        return;
      }
      ByteArrayOutputStream record = new ByteArrayOutputStream();
      record.writeBytes(
          new byte[] {
            1,
            (byte) type,
            0,
            1,
            (byte) (content.length >> 8),
            (byte) content.length,
            (byte) padding,
            0
          });
      record.writeBytes(content);
      record.writeBytes(new byte[padding]);
      out.write(record.toByteArray());
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
