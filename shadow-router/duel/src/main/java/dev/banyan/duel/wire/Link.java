package dev.banyan.duel.wire;

/** Confined to the client's event loop: a connection to a target. */
interface Link {
  /** Sends a request; its answer is completed here, whatever happens. */
  void send(Ask ask);

  /** Whether it takes a further request. */
  boolean isOpen();

  /** Requests that have no answer yet. */
  int waiting();

  /** How many requests it has carried. */
  int carried();

  /** Closes it; what waits gets what came. */
  void close();
}
