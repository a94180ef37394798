package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.transport.Chunk;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: a subrequest's answer becomes a part of its parent's. */
final class TurnSink implements Sink {
  private final PostponedOutput.Turn turn;
  private final @Nullable String stub;

  TurnSink(PostponedOutput.Turn turn) {
    this(turn, null);
  }

  /**
   * With a stub.
   *
   * @param stub what stands in for an empty answer and for an error; null for nothing
   */
  TurnSink(PostponedOutput.Turn turn, @Nullable String stub) {
    this.turn = turn;
    this.stub = stub;
  }

  @Nullable String stub() {
    return stub;
  }

  @Override
  public boolean hollow() {
    return stub == null; // which is for an empty answer
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
  public void awaitTurn() {
    turn.awaitNow();
    turn.of().response().sink().awaitTurn();
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
