package dev.banyan.transport;

import dev.banyan.fiber.Promise;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;

/**
 * Owned by one loop's thread: what waits until all that was flushed is on its way. io_uring gathers
 * what a turn sends and hands it to the system when the loop polls; epoll has sent it by then.
 */
final class Submissions {
  private final boolean gathers;
  private final AsUnderEpoll order = new AsUnderEpoll(this);
  private List<Runnable> next = new ArrayList<>();
  private List<Runnable> polling = new ArrayList<>();

  /**
   * Nothing waits yet.
   *
   * @param gathers whether sends wait for the poll
   */
  Submissions(boolean gathers) {
    this.gathers = gathers;
  }

  /** Whether sends wait for the poll. */
  boolean gathers() {
    return gathers;
  }

  /** Has what happens on a channel of this loop happen in the order of epoll. */
  void guard(Channel channel) {
    if (gathers) {
      channel.pipeline().addFirst(order);
    }
  }

  /** Parks the current fiber until what was flushed is on its way. */
  void await() {
    if (gathers) {
      Promise<Boolean> promise = new Promise<>();
      then(() -> promise.complete(true));
      promise.await();
    }
  }

  /** Runs {@code task} after the next poll. */
  void then(Runnable task) {
    next.add(task);
  }

  /** Whether something waits for the poll that goes on, so that it must not sleep. */
  boolean isAwaited() {
    return !polling.isEmpty();
  }

  /** A poll begins, which hands over what was flushed so far. */
  void begin() {
    List<Runnable> tasks = next;
    next = polling;
    polling = tasks;
  }

  /** A poll has ended. */
  void end() {
    if (polling.isEmpty()) {
      return;
    }
    for (int i = 0; i < polling.size(); i++) {
      polling.get(i).run();
    }
    polling.clear();
  }
}
