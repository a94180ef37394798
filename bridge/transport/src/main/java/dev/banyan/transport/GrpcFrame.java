package dev.banyan.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The frames of HTTP/2 that a client of gRPC sends, as octets. */
final class GrpcFrame {
  static final int HEAD = 9;

  /** The most octets of a frame, which neither side changes. */
  static final int LARGEST = 16384;

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int ACK = 0x01;
  static final int END_STREAM = 0x01;
  static final int END_HEADERS = 0x04;
  static final int PADDED = 0x08;
  static final int PRIORITY = 0x20;

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int HEADER_TABLE_SIZE = 1;
  private static final int ENABLE_PUSH = 2;
  static final int INITIAL_WINDOW_SIZE = 4;
  private static final int SETTING = 6;

  /** By how much the connection's window is below the largest when it begins. */
  private static final int WIDENING = 0x7fff0000;

  private GrpcFrame() {}

  /**
   * With what a connection begins: no table, nothing pushed, and windows as wide as they may be.
   */
  static byte[] opening() {
    byte[] preface = PREFACE.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer settings = ByteBuffer.allocate(3 * SETTING);
    settings.putShort((short) HEADER_TABLE_SIZE).putInt(0);
    settings.putShort((short) ENABLE_PUSH).putInt(0);
    settings.putShort((short) INITIAL_WINDOW_SIZE).putInt(GrpcLink.MAX_WINDOW);
    byte[] frame = frame(SETTINGS, 0, 0, settings.array(), 0, settings.capacity());
    byte[] window = windowUpdate(0, WIDENING);
    return ByteBuffer.allocate(preface.length + frame.length + window.length)
        .put(preface)
        .put(frame)
        .put(window)
        .array();
  }

  /** Adds a head, which goes on in further frames when one can't hold it. */
  static void head(List<byte[]> out, int stream, byte[] block, boolean endStream) {
    int type = HEADERS;
    int at = 0;
    do {
      int length = Math.min(LARGEST, block.length - at);
      int flags = type == HEADERS && endStream ? END_STREAM : 0;
      flags |= at + length == block.length ? END_HEADERS : 0;
      out.add(frame(type, flags, stream, block, at, length));
      type = CONTINUATION;
      at += length;
    } while (at < block.length);
  }

  /** A part of a body. */
  static byte[] data(int stream, byte[] octets, int at, int length) {
    return frame(DATA, 0, stream, octets, at, length);
  }

  /** The end of a body. */
  static byte[] end(int stream) {
    return frame(DATA, END_STREAM, stream, new byte[0], 0, 0);
  }

  /** Says that settings have been read. */
  static byte[] settingsAck() {
    return frame(SETTINGS, ACK, 0, new byte[0], 0, 0);
  }

  /** Answers a ping. */
  static byte[] pingAck(byte[] octets) {
    return frame(PING, ACK, 0, octets, 0, octets.length);
  }

  /** Widens a window. */
  static byte[] windowUpdate(int stream, int by) {
    byte[] size = ByteBuffer.allocate(Integer.BYTES).putInt(by).array();
    return frame(WINDOW_UPDATE, 0, stream, size, 0, size.length);
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload, int at, int length) {
    return ByteBuffer.allocate(HEAD + length)
        .put((byte) (length >> 16))
        .putShort((short) length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload, at, length)
        .array();
  }
}
