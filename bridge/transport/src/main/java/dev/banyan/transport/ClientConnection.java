package dev.banyan.transport;

import java.time.Duration;

/** Owned by its channel's loop: a connection that a listener accepted. */
interface ClientConnection {
  /** How long one that is to leave may be idle: a request may be on its way. */
  Duration LEAVING_IDLE = Duration.ofSeconds(1);

  /** The loop that owns it. */
  WorkerLoop loop();

  /**
   * Ends it without losing what its client may have sent: it takes the request that is on its way,
   * tells the client with the answer that it is the last, and closes when none comes in {@link
   * #LEAVING_IDLE}.
   */
  void leave();

  /** Closes it now when it is idle, and after what runs on it otherwise. */
  void stopGracefully();

  /** Closes it now. */
  void close();
}
