package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.transport.Chunk;
import java.time.Duration;

/** Owned by its request's loop: where a response goes once every filter has seen it. */
interface Sink {
  /** Takes the head. */
  void head(int status, String statusLine, WireHead head);

  /** Takes a piece of the body. */
  void write(Chunk piece);

  /** Hands what was taken to the client. */
  void flush();

  /** Hands a complete response to the client and parks until that is done, soon. */
  void awaitSent();

  /** Parks until the client takes more or, with {@code drained}, until it took everything. */
  void awaitWritable(Duration timeout, boolean drained);

  /** Parks until what is written goes to the client, and waits for nothing else's end. */
  default void awaitTurn() {}

  /** The response is complete, but for its trailers. */
  void end(Headers trailers);

  /** Whether an error leaves the body empty, as its reader looks at the status alone. */
  default boolean pageless() {
    return false;
  }

  /** Whether nobody takes the body. */
  default boolean bodiless() {
    return false;
  }

  /** Takes a head alone, without an end that could be seen; false where it needs one. */
  default boolean hollow() {
    return true;
  }

  /** The response can't be completed. */
  void abort();
}
