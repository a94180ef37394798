package dev.banyan.it.demo;

import dev.banyan.it.traffic.Exchange;
import dev.banyan.it.traffic.Kind;
import dev.banyan.it.traffic.Session;
import dev.banyan.it.traffic.TrafficPlan;
import dev.banyan.it.wire.RawAnswer;
import dev.banyan.it.wire.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Thread-safe: clients that play a plan again and again until they are closed. */
final class Traffic implements AutoCloseable {
  private static final int CLIENTS = 4;
  private static final Duration PAUSE = Duration.ofMillis(15);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final InetSocketAddress edge;
  private final List<Session> sessions;
  private final AtomicInteger next = new AtomicInteger();
  private final ConcurrentHashMap<Integer, LongAdder> byStatus = new ConcurrentHashMap<>();
  private final LongAdder failed = new LongAdder();
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean ended;

  private Traffic(InetSocketAddress edge, TrafficPlan plan) {
    this.edge = edge;
    this.sessions = plan.sessions();
  }

  static Traffic start(InetSocketAddress edge, TrafficPlan plan) {
    Traffic traffic = new Traffic(edge, plan);
    for (int i = 0; i < CLIENTS; i++) {
      traffic.clients.add(Thread.ofVirtual().name("client-" + i).start(traffic::play));
    }
    return traffic;
  }

  /** Answers so far, by status. */
  Map<Integer, Long> byStatus() {
    Map<Integer, Long> copy = new TreeMap<>();
    byStatus.forEach((status, count) -> copy.put(status, count.sum()));
    return copy;
  }

  /** Requests that got no answer, though nothing but the edge could be at fault. */
  long failed() {
    return failed.sum();
  }

  private void play() {
    while (!ended) {
      int turn = Math.floorMod(next.getAndIncrement(), sessions.size());
      try {
        play(sessions.get(turn));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void play(Session session) throws InterruptedException {
    RawClient client = null;
    try {
      for (Exchange exchange : session.exchanges()) {
        client = exchange(client, exchange);
        Thread.sleep(PAUSE);
      }
    } finally {
      close(client);
    }
  }

  /** The connection to go on with, or null when it is over. */
  private @Nullable RawClient exchange(@Nullable RawClient open, Exchange exchange) {
    RawClient client = open;
    try {
      if (client == null) {
        client = RawClient.connect(edge, PATIENCE);
      }
      RawAnswer answer = client.exchange(exchange.bytes(), exchange.method());
      byStatus.computeIfAbsent(answer.head().status(), status -> new LongAdder()).increment();
      if (!answer.closed()) {
        return client;
      }
    } catch (IOException e) {
      if (!ended && exchange.kind() != Kind.ORIGIN_TROUBLE) {
        failed.increment();
      }
    }
    close(client);
    return null;
  }

  private static void close(@Nullable RawClient client) {
    if (client == null) {
      return;
    }
    try {
      client.close();
    } catch (IOException e) {
      // a connection that is gone needs no closing
    }
  }

  @Override
  public void close() {
    ended = true;
    clients.forEach(Thread::interrupt);
  }
}
