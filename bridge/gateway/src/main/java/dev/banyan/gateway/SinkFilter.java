package dev.banyan.gateway;

import dev.banyan.transport.Chunk;

/** Owned by its request's loop: the end of the filters. */
final class SinkFilter implements BodyFilter {
  private final Sink sink;
  private long written;

  SinkFilter(Sink sink) {
    this.sink = sink;
  }

  /** Bytes of the body that left the filters. */
  long written() {
    return written;
  }

  @Override
  public void write(Chunk piece, boolean last) {
    int length = piece.length();
    written += length;
    if (length == 0) {
      piece.discard();
    } else {
      sink.write(piece);
    }
  }

  @Override
  public void flush() {
    sink.flush();
  }
}
