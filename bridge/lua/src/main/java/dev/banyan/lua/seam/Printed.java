package dev.banyan.lua.seam;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: what a call sends as a body, piece by piece; most send none. */
final class Printed implements Consumer<byte[]> {
  private final @Nullable CallCapture capture;
  private @Nullable ByteArrayOutputStream pieces;

  /** Tells this capture of each piece before it is sent; null when the call isn't captured. */
  Printed(@Nullable CallCapture capture) {
    this.capture = capture;
  }

  @Override
  public void accept(byte[] piece) {
    if (capture != null) {
      capture.printing();
    }
    if (pieces == null) {
      pieces = new ByteArrayOutputStream(piece.length);
    }
    pieces.writeBytes(piece);
  }

  boolean isEmpty() {
    return pieces == null || pieces.size() == 0;
  }

  /** All of it. */
  byte[] octets() {
    return pieces == null ? new byte[0] : pieces.toByteArray();
  }

  /** The same as text, an octet a character; null when there is none. */
  @Nullable String text() {
    return pieces == null || pieces.size() == 0
        ? null
        : pieces.toString(StandardCharsets.ISO_8859_1);
  }
}
