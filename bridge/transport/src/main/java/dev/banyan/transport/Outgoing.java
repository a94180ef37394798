package dev.banyan.transport;

import io.netty.channel.EventLoop;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one loop's thread: what goes out together, once the sockets that were ready in this turn
 * of the loop have been served.
 *
 * <p>A send runs far through the kernel and wakes its receiver, who may take this processor at
 * once. Sends in a row find the kernel's code in the caches and their receivers awake, and so does
 * the serving of requests in a row find its own. No more than {@link #MOST} wait, so that a turn
 * with many requests holds no answer back for long.
 */
final class Outgoing implements Runnable {
  /** Connections that may wait. */
  static final int MOST = 16;

  private final EventLoop loop;
  private final @Nullable Owing[] waiting = new Owing[MOST];
  private int count;
  private boolean planned;

  /** A connection with something to send. */
  interface Owing {
    /** Sends what is owed; nothing when that was done meanwhile. */
    void sendOwed();

    /** All that went out with it has been sent. */
    default void rowSent() {}
  }

  Outgoing(EventLoop loop) {
    this.loop = loop;
  }

  /** Remembers a connection until the end of the turn; it closes only after it sent. */
  void add(Owing connection) {
    if (count == MOST) {
      sendAll();
    }
    waiting[count++] = connection;
    if (!planned) {
      planned = true;
      loop.execute(this);
    }
  }

  @Override
  public void run() {
    planned = false;
    sendAll();
  }

  /** What sending adds, such as a connection that can be written to again, waits for the next. */
  private void sendAll() {
    @Nullable Owing[] all = Arrays.copyOf(waiting, count);
    Arrays.fill(waiting, 0, count, null);
    count = 0;
    for (Owing connection : all) {
      if (connection != null) {
        connection.sendOwed();
      }
    }
    for (Owing connection : all) {
      if (connection != null) {
        connection.rowSent();
      }
    }
  }
}
