package dev.banyan.gateway;

import dev.banyan.nginx.LogBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongSupplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Owned by the logs' thread: a log's file whose lines gather until the next one finds no room, or
 * one has waited for as long as it may. What is written at once is a whole member where it is
 * compressed, so that a file which ends with it can be read.
 */
final class BufferedLog extends LineBuffer {
  /** What {@link #due} answers while no line waits for a time. */
  static final long NEVER = Long.MAX_VALUE;

  private final OutputStream file;
  private final LogBuffer rules;
  private final LongSupplier nanos;
  private long since;

  BufferedLog(OutputStream file, LogBuffer rules, LongSupplier nanos) {
    super(rules.size());
    this.file = file;
    this.rules = rules;
    this.nanos = nanos;
  }

  @Override
  void begun() {
    since = nanos.getAsLong();
  }

  /** In how many nanoseconds the oldest line has to be written. */
  long due() {
    return isEmpty() || rules.flush().isZero()
        ? NEVER
        : Math.max(0, rules.flush().toNanos() - (nanos.getAsLong() - since));
  }

  /** Writes the lines if one has waited long enough. */
  @Override
  public void flush() throws IOException {
    if (due() == 0) {
      release();
    }
  }

  @Override
  void put(byte[] octets, int from, int length) throws IOException {
    if (rules.level() == 0) {
      file.write(octets, from, length);
    } else {
      ByteArrayOutputStream member = new ByteArrayOutputStream(512 + length / 4);
      try (Member out = new Member(member, rules.level())) {
        out.write(octets, from, length);
      }
      member.writeTo(file); // in one piece: a crash leaves no half of it
    }
    file.flush();
  }

  /** Writes what waits. */
  @Override
  public void close() throws IOException {
    try (file) {
      release();
    }
  }

  /** One that compresses as told. */
  private static final class Member extends GZIPOutputStream {
    Member(OutputStream out, int level) throws IOException {
      super(out);
      def.end(); // of the usual level
      def = new Deflater(level, true);
    }

    @Override
    public void close() throws IOException {
      super.close();
      def.end();
    }
  }
}
