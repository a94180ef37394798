package dev.banyan.it.soak;

import dev.banyan.it.traffic.Exchange;
import dev.banyan.it.traffic.Kind;
import dev.banyan.it.traffic.Session;
import dev.banyan.it.traffic.Tenants;
import dev.banyan.it.traffic.TrafficPlan;
import dev.banyan.it.wire.KeptClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/** Thread-safe: clients that play one plan after the other, each made from a seed of its own. */
final class Players {
  private static final int PLAN = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long MOST_MICROS = 60_000_000;

  private final InetSocketAddress edge;
  private final Tenants tenants;
  private final long requests;
  private final AtomicLong seeds;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private volatile Histogram micros = histogram();

  private Players(InetSocketAddress edge, Tenants tenants, long seed, long requests) {
    this.edge = edge;
    this.tenants = tenants;
    this.seeds = new AtomicLong(seed);
    this.requests = requests;
  }

  static Players start(
      InetSocketAddress edge, Tenants tenants, long seed, long requests, int clients) {
    Players players = new Players(edge, tenants, seed, requests);
    for (int i = 0; i < clients; i++) {
      players.threads.add(
          Thread.ofPlatform()
              .daemon()
              .name("client-" + i)
              .uncaughtExceptionHandler(players::died)
              .start(players::play));
    }
    return players;
  }

  private static Histogram histogram() {
    return new AtomicHistogram(MOST_MICROS, 2);
  }

  /** Requests that were answered or failed. */
  long sent() {
    return Math.min(sent.get(), requests);
  }

  /** Requests without an answer, though nothing but the edge could be at fault. */
  long failed() {
    return failed.get();
  }

  /** How long the answers took since the last call, in microseconds. */
  Histogram take() {
    Histogram taken = micros;
    micros = histogram();
    return taken;
  }

  boolean areDone() {
    return threads.stream().noneMatch(Thread::isAlive);
  }

  private void died(Thread client, Throwable cause) {
    failed.incrementAndGet();
    System.err.println(client.getName() + " died: " + cause);
  }

  private void play() {
    while (sent.get() < requests) {
      TrafficPlan plan = TrafficPlan.mixed(tenants, seeds.getAndIncrement(), PLAN);
      for (Session session : plan.sessions()) {
        play(session);
      }
    }
  }

  private void play(Session session) {
    try (KeptClient client = new KeptClient(edge, PATIENCE)) {
      for (Exchange exchange : session.exchanges()) {
        if (sent.getAndIncrement() >= requests) {
          break;
        }
        exchange(client, exchange);
      }
    }
  }

  private void exchange(KeptClient client, Exchange exchange) {
    long start = System.nanoTime();
    try {
      client.exchange(exchange.bytes(), exchange.method());
      micros.recordValue(Math.min(MOST_MICROS, (System.nanoTime() - start) / 1_000));
    } catch (IOException e) {
      if (exchange.kind() != Kind.ORIGIN_TROUBLE) {
        failed.incrementAndGet();
        System.err.println("failed: " + exchange + ": " + e);
      }
    }
  }
}
