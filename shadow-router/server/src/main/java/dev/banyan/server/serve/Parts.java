package dev.banyan.server.serve;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owned by who starts a server, then by who stops it: what has to be closed, in the reverse of the
 * order in which it was made, so that each may use what was made before it to its end.
 */
final class Parts {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final Deque<Runnable> closings = new ArrayDeque<>();

  /** How to close what was just made. */
  void closeBy(Runnable closing) {
    closings.push(closing);
  }

  /** Closes all; one that fails is logged and doesn't keep the others. */
  void close() {
    for (Runnable next = closings.poll(); next != null; next = closings.poll()) {
      try {
        next.run();
      } catch (RuntimeException e) {
        LOG.error("a part of Banyan could not be closed", e);
      }
    }
  }
}
