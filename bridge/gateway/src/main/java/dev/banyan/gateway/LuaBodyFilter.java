package dev.banyan.gateway;

import dev.banyan.nginx.script.LuaHandler;
import dev.banyan.transport.Chunk;

/** Owned by its request's loop: {@code body_filter_by_lua}, one call a piece. */
final class LuaBodyFilter implements BodyFilter {
  private final Request request;
  private final LuaHandler handler;
  private final BodyFilter next;
  private boolean ended;
  private boolean failed;

  LuaBodyFilter(Request request, LuaHandler handler, BodyFilter next) {
    this.request = request;
    this.handler = handler;
    this.next = next;
  }

  @Override
  public void write(Chunk chunk, boolean last) {
    if (ended) {
      chunk.discard();
      return;
    }
    FilterPiece piece = request.filterPiece();
    piece.bytes(chunk.bytes());
    piece.last(last);
    try {
      LuaPhases.bodyFilter(request, handler);
    } catch (ResponseAborted e) {
      failed = true;
      throw e;
    }
    if (failed) { // what comes after a failure is filtered, and goes nowhere
      throw new ResponseAborted(-1);
    }
    ended = piece.last();
    byte[] out = piece.bytes();
    if (out.length > 0 || ended) {
      next.write(Chunk.of(out), ended);
    }
  }

  @Override
  public void flush() {
    next.flush();
  }
}
