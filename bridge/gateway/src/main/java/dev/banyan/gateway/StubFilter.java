package dev.banyan.gateway;

import dev.banyan.transport.Chunk;

/**
 * Owned by its request's loop: puts a block of a page where the answer that belongs there is empty.
 */
final class StubFilter implements BodyFilter {
  private final String stub;
  private final BodyFilter next;
  private boolean said;

  StubFilter(String stub, BodyFilter next) {
    this.stub = stub;
    this.next = next;
  }

  /** Answers with the block in place of an error; false where there is none. */
  static boolean replaces(Request r) {
    Response response = r.response();
    Request parent = r.parent();
    if (parent == null
        || response.headSent()
        || !(response.sink() instanceof TurnSink place)
        || place.stub() == null) {
      return false;
    }
    String type = parent.response().headers().first("Content-Type");
    if (type != null) {
      response.headers().set("Content-Type", type);
    }
    response.status(HttpStatus.OK);
    response.sendHead();
    response.finish();
    return true;
  }

  @Override
  public void write(Chunk piece, boolean last) {
    said |= piece.length() > 0;
    if (last && !said) {
      piece.discard();
      next.write(Chunk.of(Octets.bytes(stub)), true);
    } else {
      next.write(piece, last);
    }
  }

  @Override
  public void flush() {
    next.flush();
  }
}
