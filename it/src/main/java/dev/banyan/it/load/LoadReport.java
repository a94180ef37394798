package dev.banyan.it.load;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Not thread-safe: what was measured, as a page of Markdown. */
final class LoadReport {
  private static final double KIB_PER_MIB = 1024;
  private static final double PERCENT = 100;
  private static final double MOST_MIB = 110;

  private final Map<Contender, List<Shot>> shots = new EnumMap<>(Contender.class);
  private final StringBuilder out = new StringBuilder();

  LoadReport(Map<Contender, List<Shot>> shots) {
    this.shots.putAll(shots);
  }

  /** What a ratio is wanted to be. */
  private record Wish(Contender one, Contender other, double most) {}

  private static final List<Wish> WISHES =
      List.of(
          new Wish(Contender.NEW, Contender.BARE, 1.20),
          new Wish(Contender.NEW, Contender.LUAJIT, 1 / 1.6),
          new Wish(Contender.NEW, Contender.OLD, 1 / 3.0),
          new Wish(Contender.OLD, Contender.LUAJIT, 1.5));

  /** The page, which ends with what shows its pictures. */
  String page(String pictures) {
    out.append(
        "| server | CPU for each answer, us | answers a second | p50, us | p99, us | p99.9, us |"
            + " a request late, us | memory, MiB | errors |\n|---|---|---|---|---|---|---|---|---|\n");
    shots.forEach(this::row);
    out.append(
        "\nEach figure is the median of its rounds, CPU with the least and the most. Late is how long of"
            + " a hundred requests\none was written after its time had come: as much of the times is"
            + " the client's own.\n");
    out.append(
        String.format(
            Locale.ROOT,
            "Other programs took %s of the processors meanwhile.%n%n",
            others(shots.values().stream().flatMap(List::stream).toList())));
    int before = out.length();
    WISHES.forEach(this::wish);
    memory();
    if (out.length() > before) {
      out.insert(
          before,
          "| ratio of CPU, round by round | measured | of the medians | wanted | |\n|---|---|---|---|---|\n");
    }
    new PairReport(shots).page().ifPresent(out::append);
    out.append(pictures);
    return out.toString();
  }

  /** With more than a few percent in some rounds, latencies are those programs' doing. */
  private static String others(List<Shot> all) {
    return all.isEmpty()
        ? "an unknown share"
        : String.format(
            Locale.ROOT,
            "%.0f %% (%.0f to %.0f)",
            PERCENT * median(all, Shot::others),
            PERCENT * all.stream().mapToDouble(Shot::others).min().orElseThrow(),
            PERCENT * all.stream().mapToDouble(Shot::others).max().orElseThrow());
  }

  private void row(Contender contender, List<Shot> all) {
    out.append(
        String.format(
            Locale.ROOT,
            "| %s | %.0f (%.0f–%.0f) | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %.0f | %d |%n",
            contender.title(),
            median(all, Shot::cpuMicros),
            all.stream().mapToDouble(Shot::cpuMicros).min().orElseThrow(),
            all.stream().mapToDouble(Shot::cpuMicros).max().orElseThrow(),
            median(all, Shot::perSecond),
            median(all, Shot::p50),
            median(all, Shot::p99),
            median(all, Shot::p999),
            median(all, Shot::late),
            median(all, Shot::residentKib) / KIB_PER_MIB,
            all.stream().mapToLong(Shot::errors).sum()));
  }

  private void wish(Wish wish) {
    List<Shot> one = shots.get(wish.one());
    List<Shot> other = shots.get(wish.other());
    if (one == null || other == null) {
      return;
    }
    double[] ratios = new double[Math.min(one.size(), other.size())];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = one.get(i).cpuMicros() / other.get(i).cpuMicros();
    }
    double ratio = median(ratios);
    out.append(
        String.format(
            Locale.ROOT,
            "| %s / %s | %.2f (%.2f–%.2f) | %.2f | at most %.2f | %s |%n",
            wish.one().title(),
            wish.other().title(),
            ratio,
            Arrays.stream(ratios).min().orElseThrow(),
            Arrays.stream(ratios).max().orElseThrow(),
            median(one, Shot::cpuMicros) / median(other, Shot::cpuMicros),
            wish.most(),
            ratio <= wish.most() ? "met" : "not met"));
  }

  private void memory() {
    List<Shot> all = shots.get(Contender.NEW);
    if (all != null) {
      double mib = median(all, Shot::residentKib) / KIB_PER_MIB;
      out.append(
          String.format(
              Locale.ROOT,
              "| memory of %s, MiB | %.0f | | at most %.0f | %s |%n",
              Contender.NEW.title(),
              mib,
              MOST_MIB,
              mib <= MOST_MIB ? "met" : "not met"));
    }
  }

  /** The median of a figure over all rounds. */
  static double median(List<Shot> all, ToDoubleFunction<Shot> figure) {
    return median(all.stream().mapToDouble(figure).toArray());
  }

  private static double median(double[] figures) {
    double[] sorted = Arrays.stream(figures).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
