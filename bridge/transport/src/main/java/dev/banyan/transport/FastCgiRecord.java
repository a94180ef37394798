package dev.banyan.transport;

import java.io.ByteArrayOutputStream;

/** The records of FastCGI that go to a server, each of the one request on its connection. */
final class FastCgiRecord {
  /** Octets of a record's head. */
  static final int HEAD = 8;

  static final int END_REQUEST = 3;
  static final int STDOUT = 6;
  static final int STDERR = 7;

  private static final int BEGIN_REQUEST = 1;
  private static final int PARAMS = 4;
  private static final int STDIN = 5;
  private static final int RESPONDER = 1;
  private static final int KEEP_CONNECTION = 1;
  private static final int ALIGNMENT = 8;

  /** A length up to here has one octet. */
  private static final int SHORT = 127;

  /** The most of a body that one record takes. */
  static final int PIECE = 32 << 10;

  private FastCgiRecord() {}

  /** A name's or a value's length. */
  static void length(ByteArrayOutputStream out, int length) {
    if (length > SHORT) {
      out.write((length >> 24) | 0x80);
      out.write(length >> 16);
      out.write(length >> 8);
    }
    out.write(length);
  }

  /** The beginning of a request: its role, and all of its parameters. */
  static byte[] begin(byte[] parameters, boolean keeps) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(parameters.length + 5 * HEAD);
    head(out, BEGIN_REQUEST, HEAD, 0);
    out.write(0);
    out.write(RESPONDER);
    out.write(keeps ? KEEP_CONNECTION : 0);
    out.writeBytes(new byte[5]);
    int padding = padding(parameters.length);
    head(out, PARAMS, parameters.length, padding);
    out.writeBytes(parameters);
    out.writeBytes(new byte[padding]);
    head(out, PARAMS, 0, 0);
    return out.toByteArray();
  }

  /** A piece of the body, in as many records as it takes. */
  static byte[] body(byte[] piece) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(piece.length + 4 * HEAD);
    for (int at = 0; at < piece.length; at += PIECE) {
      int length = Math.min(PIECE, piece.length - at);
      int padding = padding(length);
      head(out, STDIN, length, padding);
      out.write(piece, at, length);
      out.writeBytes(new byte[padding]);
    }
    return out.toByteArray();
  }

  /** The end of the body. */
  static byte[] bodyEnd() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(HEAD);
    head(out, STDIN, 0, 0);
    return out.toByteArray();
  }

  private static int padding(int length) {
    return (ALIGNMENT - length % ALIGNMENT) % ALIGNMENT;
  }

  private static void head(ByteArrayOutputStream out, int type, int length, int padding) {
    out.write(1);
    out.write(type);
    out.write(0);
    out.write(1);
    out.write(length >> 8);
    out.write(length);
    out.write(padding);
    out.write(0);
  }
}
