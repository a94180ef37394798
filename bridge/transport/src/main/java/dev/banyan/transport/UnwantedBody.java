package dev.banyan.transport;

import io.netty.buffer.ByteBuf;
import java.time.Duration;

/**
 * Owned by its connection's loop: what a client still sends of a body that nobody wants, or before
 * its connection is closed, read for as long as it may take.
 */
final class UnwantedBody {
  private final BodyDecoder rest;
  private final long until;
  private boolean broken;

  UnwantedBody(BodyDecoder rest, Duration longest) {
    this.rest = rest;
    this.until = System.nanoTime() + longest.toNanos();
  }

  /** Reads on and forgets it; answers whether its end was reached. */
  boolean reachesEnd(ByteBuf input) {
    broken = rest.decode(input) != null;
    rest.releaseAll();
    return !broken && rest.done();
  }

  /** Whether reading on leads nowhere. */
  boolean isOver() {
    return broken || System.nanoTime() - until > 0;
  }
}
