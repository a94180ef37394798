package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.transport.Chunk;
import java.time.Duration;

/** Owned by its request's loop: a subrequest's answer becomes a part of its parent's. */
final class TurnSink implements Sink {
  private final PostponedOutput.Turn turn;

  TurnSink(PostponedOutput.Turn turn) {
    this.turn = turn;
  }

  @Override
  public void head(int status, String statusLine, WireHead head) {
    // the parent's head was sent before
  }

  @Override
  public void write(Chunk piece) {
    turn.write(piece);
  }

  @Override
  public void flush() {
    turn.flush();
  }

  @Override
  public void awaitSent() {
    // the parent's answer is not complete
  }

  @Override
  public void awaitWritable(Duration timeout, boolean drained) {
    turn.await();
    if (turn.isNow()) {
      turn.of().response().awaitWritable(timeout, drained);
    }
  }

  @Override
  public void end(Headers trailers) {
    // its turn ends with the subrequest
  }

  @Override
  public void abort() {
    // what broke the subrequest ends its parent
  }
}
