package dev.banyan.it.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Immutable: what one thing costs, told by two servers that differ in that alone. Each round is a
 * pair of its own: what the machine did meanwhile met both.
 */
final class PairReport {
  private static final double PERCENT = 100;

  private static final List<Cost> COSTS =
      List.of(
          new Cost("shadow of all modules", Contender.OLD, Contender.SHADOW),
          new Cost("noting lines of Lua", Contender.UNLINED, Contender.SHADOW));

  private final Map<Contender, List<Shot>> shots = new EnumMap<>(Contender.class);

  PairReport(Map<Contender, List<Shot>> shots) {
    this.shots.putAll(shots);
  }

  /** What is measured, and by whom without it and with it. */
  private record Cost(String what, Contender without, Contender with) {}

  /** A table of the costs that were measured; none where no pair was. */
  Optional<String> page() {
    StringBuilder rows = new StringBuilder();
    COSTS.forEach(cost -> row(cost, rows));
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            """

            | what it adds, in pairs | p99 | CPU for each answer | calls shed |
            |---|---|---|---|
            """
                + rows
                + """

                Each figure is the median of the rounds' pairs, with the least and the most. Latency says something
                at a rate that both can serve (`--rate`); without one each server is as busy as it can be.
                """);
  }

  private void row(Cost cost, StringBuilder to) {
    List<Shot> without = shots.get(cost.without());
    List<Shot> with = shots.get(cost.with());
    if (without == null || with == null) {
      return;
    }
    to.append(
        String.format(
            Locale.ROOT,
            "| %s | %s | %s | %,d of %,d requests' |%n",
            cost.what(),
            added(without, with, Shot::p99),
            added(without, with, Shot::cpuMicros),
            with.stream().mapToLong(Shot::shed).sum(),
            with.stream().mapToLong(Shot::requests).sum()));
  }

  private static String added(List<Shot> without, List<Shot> with, ToDoubleFunction<Shot> figure) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(without.size(), with.size()); i++) {
      double base = figure.applyAsDouble(without.get(i));
      ratios.add((figure.applyAsDouble(with.get(i)) / base - 1) * PERCENT);
    }
    ratios.sort(null);
    int middle = ratios.size() / 2;
    double median =
        ratios.size() % 2 == 1
            ? ratios.get(middle)
            : (ratios.get(middle - 1) + ratios.get(middle)) / 2;
    return String.format(
        Locale.ROOT, "%+.1f %% (%+.1f to %+.1f)", median, ratios.getFirst(), ratios.getLast());
  }
}
