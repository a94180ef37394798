package dev.banyan.it.origin;

import dev.banyan.it.wire.Field;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Puts an answer on the wire in the way that it asks for. */
final class AnswerWriter {
  private static final int[] CHUNK_SIZES = {1, 7, 61, 1021, 4096, 16381};

  private AnswerWriter() {}

  /** Whether the connection may be used again. */
  static boolean write(Answer answer, String method, OutputStream out)
      throws IOException, InterruptedException {
    Thread.sleep(answer.delay());
    boolean silent = method.equals("HEAD") || answer.status() == 204 || answer.status() == 304;
    switch (answer.sending()) {
      case DROPPED -> {
        return false;
      }
      case SIZED -> {
        String length = Integer.toString(answer.body().length);
        head(answer, answer.status() == 204 ? null : new Field("Content-Length", length), out);
        out.write(silent ? new byte[0] : answer.body());
      }
      case CUT_OFF -> {
        String length = Integer.toString(answer.body().length);
        head(answer, new Field("Content-Length", length), out);
        out.write(answer.body(), 0, silent ? 0 : answer.body().length / 2);
        out.flush();
        return silent;
      }
      case CHUNKED -> {
        head(answer, new Field("Transfer-Encoding", "chunked"), out);
        if (!silent) {
          chunks(answer.body(), out);
        }
      }
      case UNTIL_CLOSE -> {
        head(answer, new Field("Connection", "close"), out);
        out.write(silent ? new byte[0] : answer.body());
        out.flush();
        return false;
      }
    }
    out.flush();
    return true;
  }

  private static void head(Answer answer, @Nullable Field framing, OutputStream out)
      throws IOException {
    StringBuilder head =
        new StringBuilder("HTTP/1.1 ").append(answer.status()).append(" Origin\r\n");
    for (Field field : answer.fields()) {
      head.append(field).append("\r\n");
    }
    if (framing != null) {
      head.append(framing).append("\r\n");
    }
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void chunks(byte[] body, OutputStream out) throws IOException {
    int at = 0;
    for (int i = 0; at < body.length; i++) {
      int size = Math.min(CHUNK_SIZES[i % CHUNK_SIZES.length], body.length - at);
      out.write((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.write(body, at, size);
      out.write(new byte[] {'\r', '\n'});
      if (i < CHUNK_SIZES.length * 2) {
        out.flush();
      }
      at += size;
    }
    out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
  }
}
