package dev.banyan.gateway;

import dev.banyan.transport.Chunk;

/** Owned by its request's loop: the end of the filters. */
final class SinkFilter implements BodyFilter {
  private final Sink sink;

  SinkFilter(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void write(Chunk piece, boolean last) {
    if (piece.length() == 0) {
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
