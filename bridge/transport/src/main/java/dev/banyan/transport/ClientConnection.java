package dev.banyan.transport;

/** Owned by its channel's loop: a connection that a listener accepted. */
interface ClientConnection {
  /** The loop that owns it. */
  WorkerLoop loop();

  /** Closes it now when it is idle, and after what runs on it otherwise. */
  void stopGracefully();

  /** Closes it now. */
  void close();
}
