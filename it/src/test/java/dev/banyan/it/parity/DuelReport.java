package dev.banyan.it.parity;

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
  private final List<Difference> differences = new ArrayList<>();
  private final Map<Kind, Map<Integer, Integer>> statuses = new EnumMap<>(Kind.class);
  private int exchanges;
  private int reordered;

  void add(Exchange exchange, RawAnswer a, RawAnswer b, List<Difference> found) {
    exchanges++;
    reordered += Comparison.reordered(a, b) ? 1 : 0;
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
