package dev.banyan.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's loop: a body that arrives piece by piece, pulled by a fiber. */
public interface BodySource {
  /** Says that the body may be sent: a client that expects a 100 gets it. Reading says so too. */
  default void begin() {
    // a protocol without interim answers needs nothing
  }

  /** From now on nobody is told so, whoever reads. */
  default void keepUninvited() {}

  /**
   * The next piece, or null at the body's end. Parks the fiber until one is there; nothing is read
   * from the socket beyond a small named window while nobody asks.
   *
   * @throws TransportException kind {@code TIMEOUT} when {@code timeout} passes between two pieces,
   *     {@code CLOSED} when the peer closes before the end, {@code PROTOCOL} for bad framing
   */
  @Nullable Chunk read(Duration timeout);

  /** Whether {@link #read} would answer without parking (a piece or the end is there). */
  boolean ready();

  /** Whether its framing is known to be wrong, so that where it ends can't be told. */
  default boolean malformed() {
    return false;
  }

  /** Bytes announced by Content-Length; -1 when chunked or delimited by close; 0 for none. */
  long length();
}
