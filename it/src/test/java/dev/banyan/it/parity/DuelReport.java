package dev.banyan.it.parity;

import dev.banyan.it.parity.Comparison.Seen;
import dev.banyan.it.traffic.Exchange;
import dev.banyan.it.traffic.Kind;
import dev.banyan.it.wire.RawAnswer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Confined to the thread that plays: what came of a duel. */
public final class DuelReport {
  private static final int FIRST_ERROR = 500;

  private final List<Difference> differences = new ArrayList<>();
  private final Map<Kind, Map<Integer, Integer>> statuses = new EnumMap<>(Kind.class);
  private int exchanges;
  private int reordered;
  private int serverErrors;
  private long originsLeft;
  private long originsRight;

  void add(Exchange exchange, Seen left, Seen right, List<Difference> found) {
    RawAnswer a = left.answer();
    RawAnswer b = right.answer();
    exchanges++;
    reordered += Comparison.reordered(a, b) ? 1 : 0;
    serverErrors += b.status() >= FIRST_ERROR && a.status() < FIRST_ERROR ? 1 : 0;
    originsLeft += left.received().size();
    originsRight += right.received().size();
    statuses
        .computeIfAbsent(exchange.kind(), k -> new TreeMap<>())
        .merge(a.status(), 1, Integer::sum);
    differences.addAll(found);
  }

  /** Every difference, in the order of the requests. */
  public List<Difference> differences() {
    return List.copyOf(differences);
  }

  /** How many requests were played. */
  public int exchanges() {
    return exchanges;
  }

  /** How often the right side answered with a server error and the left side did not. */
  public int serverErrors() {
    return serverErrors;
  }

  /** How many requests the right side's origins received beyond those of the left side's. */
  public long duplicates() {
    return originsRight - originsLeft;
  }

  /** How many requests the right side's origins received. */
  public long originRequests() {
    return originsRight;
  }

  /** How often the left side answered a kind with a status. */
  public int count(Kind kind, int status) {
    return statuses.getOrDefault(kind, Map.of()).getOrDefault(status, 0);
  }

  @Override
  public String toString() {
    return exchanges
        + " requests, "
        + differences.size()
        + " differences, "
        + reordered
        + " answers with the same headers in another order\n"
        + statuses;
  }
}
