package dev.banyan.it.demo;

import dev.banyan.it.traffic.Exchange;
import dev.banyan.it.traffic.Kind;
import dev.banyan.it.traffic.Session;
import dev.banyan.it.traffic.TrafficPlan;
import dev.banyan.it.wire.KeptClient;
import dev.banyan.it.wire.RawAnswer;
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
    try (KeptClient client = new KeptClient(edge, PATIENCE)) {
      for (Exchange exchange : session.exchanges()) {
        exchange(client, exchange);
        Thread.sleep(PAUSE);
      }
    }
  }

  private void exchange(KeptClient client, Exchange exchange) {
    try {
      RawAnswer answer = client.exchange(exchange.bytes(), exchange.method());
      byStatus.computeIfAbsent(answer.head().status(), status -> new LongAdder()).increment();
    } catch (IOException e) {
      if (!ended && exchange.kind() != Kind.ORIGIN_TROUBLE) {
        failed.increment();
      }
    }
  }

  @Override
  public void close() {
    ended = true;
    clients.forEach(Thread::interrupt);
  }
}
