package dev.banyan.transport;

import java.nio.ByteBuffer;

/**
 * Owned by its connection's loop: takes the frames of a server that are about the connection, and
 * answers them.
 */
final class GrpcReplies {
  private static final int WINDOW_LENGTH = 4;
  private static final int ERROR_LENGTH = 4;
  private static final int GOAWAY_LENGTH = 8;
  private static final int PING_LENGTH = 8;
  private static final int SETTING_LENGTH = 6;

  /** The most of settings, and of pings, that a server may have answered in one request. */
  private static final int MOST = 1000;

  private final GrpcLink link;
  private final GrpcOutput output;
  private final int stream;
  private int settings;
  private int pings;
  private boolean urgent;

  GrpcReplies(GrpcLink link, GrpcOutput output, int stream) {
    this.link = link;
    this.output = output;
    this.stream = stream;
  }

  /** Whether a reply can't wait for what is sent next; asked once. */
  boolean takeUrgent() {
    boolean was = urgent;
    urgent = false;
    return was;
  }

  /** Allows the server more, of all streams and of this one. */
  void widen(int ofAll, int ofStream) {
    output.reply(GrpcFrame.windowUpdate(0, ofAll));
    output.reply(GrpcFrame.windowUpdate(stream, ofStream));
    urgent = true;
  }

  /** Judges a frame by its head, before the rest of it has come. */
  static void check(int type, int of, int flags, int length) {
    switch (type) {
      case GrpcFrame.RST_STREAM -> length("rst stream", length != ERROR_LENGTH, length);
      case GrpcFrame.WINDOW_UPDATE -> length("window update", length != WINDOW_LENGTH, length);
      case GrpcFrame.GOAWAY -> {
        ofNoStream("goaway", of);
        length("goaway", length < GOAWAY_LENGTH, length);
      }
      case GrpcFrame.SETTINGS -> {
        ofNoStream("settings", of);
        checkSettings((flags & GrpcFrame.ACK) != 0, length);
      }
      case GrpcFrame.PING -> {
        ofNoStream("ping", of);
        length("ping", length != PING_LENGTH, length);
        if ((flags & GrpcFrame.ACK) != 0) {
          throw GrpcInput.broken("upstream sent ping frame with ack flag");
        }
      }
      case GrpcFrame.PUSH_PROMISE ->
          throw GrpcInput.broken("upstream sent unexpected push promise frame");
      default -> {
        // of any length
      }
    }
  }

  private static void checkSettings(boolean ack, int length) {
    if (ack && length != 0) {
      throw GrpcInput.broken(
          "upstream sent settings frame with ack flag and non-zero length: " + length);
    }
    length("settings", length % SETTING_LENGTH != 0, length);
  }

  private static void length(String frame, boolean wrong, int length) {
    if (wrong) {
      throw GrpcInput.broken("upstream sent " + frame + " frame with invalid length: " + length);
    }
  }

  private static void ofNoStream(String frame, int of) {
    if (of != 0) {
      throw GrpcInput.broken("upstream sent " + frame + " frame with non-zero stream id: " + of);
    }
  }

  void windowUpdate(int of, byte[] payload) {
    long by = ByteBuffer.wrap(payload).getInt() & Integer.MAX_VALUE;
    if (by > GrpcLink.MAX_WINDOW - (of == 0 ? link.sendWindow : output.window())) {
      throw GrpcInput.broken("upstream sent too large window update");
    }
    if (of == 0) {
      link.sendWindow += by;
      output.opened();
    } else {
      output.widen(by);
    }
  }

  void settings(int flags, byte[] payload) {
    if ((flags & GrpcFrame.ACK) != 0) {
      return;
    }
    if (settings++ > MOST) {
      throw GrpcInput.broken("upstream sent too many settings frames");
    }
    ByteBuffer all = ByteBuffer.wrap(payload);
    while (all.hasRemaining()) {
      int id = all.getShort() & 0xffff;
      long value = Integer.toUnsignedLong(all.getInt());
      if (id == GrpcFrame.INITIAL_WINDOW_SIZE) {
        initialWindow(value);
      }
    }
    output.reply(GrpcFrame.settingsAck());
  }

  private void initialWindow(long value) {
    long by = value - link.initialWindow;
    boolean over = output.window() > 0 && by > GrpcLink.MAX_WINDOW - output.window();
    if (value > GrpcLink.MAX_WINDOW || over) {
      throw GrpcInput.broken(
          "upstream sent settings frame with too large initial window size: " + value);
    }
    link.initialWindow = value;
    output.widen(by);
  }

  void ping(byte[] payload) {
    if (pings++ > MOST) {
      throw GrpcInput.broken("upstream sent too many ping frames");
    }
    output.reply(GrpcFrame.pingAck(payload));
    urgent = true;
  }
}
