package dev.banyan.it.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * Immutable: what one thing costs, told by two servers that differ in that alone. Each round is a
 * pair of its own: what the machine did meanwhile met both.
 */
final class PairReport {
  private static final double PERCENT = 100;
  private static final double PERCENT_99 = 99;

  private static final List<Cost> COSTS =
      List.of(
          new Cost("shadow of all modules", Contender.OLD, Contender.SHADOW),
          new Cost("the same within one process", Contender.UNSHADOWED, Contender.SHADOW),
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

            | what it adds, in pairs | p50 | p99 | p99 of all rounds as one | CPU for each answer | calls shed |
            |---|---|---|---|---|---|
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
            "| %s | %s | %s | %s | %s | %,d of %,d requests' |%n",
            cost.what(),
            added(without, with, Shot::p50),
            added(without, with, Shot::p99),
            whole(without, with),
            added(without, with, Shot::cpuMicros),
            with.stream().mapToLong(Shot::shed).sum(),
            with.stream().mapToLong(Shot::requests).sum()));
  }

  /** The rounds of both as if each had been one: the p99 of a round alone rests on few answers. */
  private static String whole(List<Shot> without, List<Shot> with) {
    OptionalLong base = whole(without);
    OptionalLong p99 = whole(with);
    return base.isPresent() && p99.isPresent()
        ? String.format(
            Locale.ROOT,
            "%+.1f %%",
            ((double) p99.getAsLong() / Math.max(1, base.getAsLong()) - 1) * PERCENT)
        : "–";
  }

  private static OptionalLong whole(List<Shot> rounds) {
    Histogram all = new Histogram(3);
    for (Shot round : rounds) {
      if (round.times() == null) {
        return OptionalLong.empty(); // wrk tells percentiles alone
      }
      all.add(round.times());
    }
    return OptionalLong.of(all.getValueAtPercentile(PERCENT_99));
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
