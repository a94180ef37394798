package dev.banyan.it.learn;

import dev.banyan.it.traffic.Exchange;
import dev.banyan.it.traffic.Session;
import dev.banyan.it.traffic.TrafficPlan;
import dev.banyan.it.wire.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Thread-safe: clients that play a plan again and again, whatever the answers, until closed. */
final class PlayedTraffic implements AutoCloseable {
  private static final int CLIENTS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final InetSocketAddress edge;
  private final List<Session> sessions;
  private final AtomicInteger next = new AtomicInteger();
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean ended;

  private PlayedTraffic(InetSocketAddress edge, TrafficPlan plan) {
    this.edge = edge;
    this.sessions = plan.sessions();
  }

  static PlayedTraffic start(InetSocketAddress edge, TrafficPlan plan) {
    PlayedTraffic traffic = new PlayedTraffic(edge, plan);
    for (int i = 0; i < CLIENTS; i++) {
      traffic.clients.add(Thread.ofVirtual().start(traffic::play));
    }
    return traffic;
  }

  private void play() {
    while (!ended) {
      Session session = sessions.get(Math.floorMod(next.getAndIncrement(), sessions.size()));
      for (Exchange exchange : session.exchanges()) {
        play(exchange);
      }
    }
  }

  /** On a connection of its own: some end it. */
  private void play(Exchange exchange) {
    if (ended) {
      return;
    }
    try (RawClient client = RawClient.connect(edge, PATIENCE)) {
      client.exchange(exchange.bytes(), exchange.method());
    } catch (IOException e) {
      // some of the traffic is there to fail
    }
  }

  @Override
  public void close() {
    ended = true;
    for (Thread client : clients) {
      try {
        client.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
