package dev.banyan.it.parity;

import dev.banyan.it.parity.Comparison.Seen;
import dev.banyan.it.traffic.Exchange;
import dev.banyan.it.traffic.Session;
import dev.banyan.it.traffic.TrafficPlan;
import dev.banyan.it.wire.RawAnswer;
import dev.banyan.it.wire.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plays the same traffic to two servers, request by request, and collects every difference. */
public final class Duel {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ENOUGH = 200;

  private final Side left;
  private final Side right;
  private final DuelReport report = new DuelReport();

  /** Between these two. */
  public Duel(Side left, Side right) {
    this.left = left;
    this.right = right;
  }

  /** Plays the whole plan, or stops at too many differences to read. */
  public DuelReport play(TrafficPlan plan) throws IOException {
    for (Session session : plan.sessions()) {
      play(session);
      if (report.differences().size() > ENOUGH) {
        break;
      }
    }
    return report;
  }

  /** What has come of it so far. */
  public DuelReport report() {
    return report;
  }

  /** Plays one session. */
  public void play(Session session) throws IOException {
    List<Exchange> rest = new ArrayList<>(session.exchanges());
    while (!rest.isEmpty()) {
      try (RawClient one = RawClient.connect(left.address(), PATIENCE);
          RawClient two = RawClient.connect(right.address(), PATIENCE)) {
        boolean open = true;
        while (open && !rest.isEmpty()) {
          open = play(rest.remove(0), one, two);
        }
      }
    }
  }

  /** Whether both connections may be used again. */
  private boolean play(Exchange exchange, RawClient one, RawClient two) throws IOException {
    Seen a = ask(exchange, one, left);
    Seen b = ask(exchange, two, right);
    report.add(exchange, a, b, Comparison.of(exchange, left, a, right, b));
    return !a.answer().closed() && !b.answer().closed();
  }

  private static Seen ask(Exchange exchange, RawClient client, Side side) throws IOException {
    try {
      RawAnswer answer = client.exchange(exchange.bytes(), exchange.method());
      return new Seen(answer, side.origins().drain());
    } catch (IOException e) {
      throw new IOException(side.name() + " did not answer " + exchange, e);
    }
  }
}
