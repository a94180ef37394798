package dev.banyan.server.serve;

import dev.banyan.server.flags.FlagStore;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For any thread: keeps the flags of a process that has handed over as the other one has them, so
 * that a roll-back reaches the requests which end here, too.
 */
final class FlagFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FlagFollower.class);
  private static final Duration PERIOD = Duration.ofMillis(200);

  private final FlagStore flags;
  private final Thread thread;
  private boolean complained;

  private FlagFollower(FlagStore flags) {
    this.flags = flags;
    this.thread = Thread.ofPlatform().daemon().name("banyan-flags").unstarted(this::run);
  }

  /** Follows until closed. */
  static FlagFollower start(FlagStore flags) {
    FlagFollower follower = new FlagFollower(flags);
    follower.thread.start();
    return follower;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(PERIOD);
        follow();
      }
    } catch (InterruptedException e) {
      LOG.debug("the last connection has ended");
    }
  }

  /** What can't be read now, such as where files have run out, may be readable the next time. */
  private void follow() {
    try {
      flags.follow();
      complained = false;
    } catch (IOException | RuntimeException e) {
      if (!complained) {
        LOG.error("changes of flags don't reach the connections that end here", e);
      }
      complained = true;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
