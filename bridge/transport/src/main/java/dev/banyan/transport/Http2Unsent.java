package dev.banyan.transport;

import io.netty.util.collection.IntObjectHashMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Owned by its connection's loop: answers that are complete and whose client has yet to take them.
 * A stream of which nothing goes out for a {@code send_timeout} is reset, as nginx does: nobody
 * else waits for it any more.
 *
 * <p>See <a href="https://nginx.org/en/docs/http/ngx_http_core_module.html#send_timeout">
 * send_timeout</a>.
 */
final class Http2Unsent {
  private final IntObjectHashMap<Waiting> waiting = new IntObjectHashMap<>();
  private final ListenerLimits limits;
  private final IdleTimer timer;

  private static final class Waiting {
    final Runnable reset;
    long moved = System.nanoTime();

    Waiting(Runnable reset) {
      this.reset = reset;
    }
  }

  Http2Unsent(WorkerLoop loop, ListenerLimits limits) {
    this.limits = limits;
    this.timer = new IdleTimer(loop, this::expired);
  }

  /** An answer waits for its client; {@code reset} ends its stream. */
  void add(int stream, Runnable reset) {
    if (waiting.isEmpty()) {
      timer.arm(limits.sendTimeout());
    }
    waiting.put(stream, new Waiting(reset));
  }

  /** The answer is out, or its stream has ended. */
  void remove(int stream) {
    waiting.remove(stream);
    if (waiting.isEmpty()) {
      timer.disarm();
    }
  }

  /** Octets of a stream went out. */
  void moved(int stream) {
    if (!waiting.isEmpty()) {
      Waiting one = waiting.get(stream);
      if (one != null) {
        one.moved = System.nanoTime();
      }
    }
  }

  void stop() {
    timer.stop();
  }

  private void expired() {
    long now = System.nanoTime();
    long patience = limits.sendTimeout().toNanos();
    List<Runnable> late = new ArrayList<>();
    for (Waiting one : waiting.values()) {
      if (now - one.moved >= patience) {
        late.add(one.reset);
      }
    }
    late.forEach(Runnable::run);
    if (!waiting.isEmpty()) {
      timer.arm(limits.sendTimeout());
    }
  }
}
