package dev.banyan.it.load;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** What becomes of each server's figures along one axis, as tables of Markdown. */
final class AxisReport {
  private static final double KIB_PER_MIB = 1024;

  private static final List<Figure> FIGURES =
      List.of(
          new Figure("CPU for each answer, us", Shot::cpuMicros),
          new Figure("answers a second", Shot::perSecond),
          new Figure("p50, us", Shot::p50),
          new Figure("p99, us", Shot::p99),
          new Figure("p99.9, us", Shot::p999),
          new Figure("memory, MiB", shot -> shot.residentKib() / KIB_PER_MIB),
          new Figure("errors", Shot::errors));

  /** What a page of the documentation has room for. */
  private static final List<String> MAIN =
      List.of("CPU for each answer, us", "p99, us", "memory, MiB", "errors");

  private AxisReport() {}

  /** What is told of each server. */
  private record Figure(String title, ToDoubleFunction<Shot> of) {}

  /**
   * A table for each figure: servers down, the axis across, medians of the rounds.
   *
   * @param whole whether all figures are told, or only the main ones
   */
  static String page(String axis, Map<Scene, Map<Contender, List<Shot>>> measured, boolean whole) {
    StringBuilder out = new StringBuilder();
    FIGURES.stream()
        .filter(figure -> whole || MAIN.contains(figure.title()))
        .forEach(figure -> table(figure, axis, measured, out));
    return out.toString();
  }

  private static void table(
      Figure figure,
      String axis,
      Map<Scene, Map<Contender, List<Shot>>> measured,
      StringBuilder out) {
    out.append("\n| ").append(figure.title()).append(", by ").append(axis).append(" |");
    measured
        .keySet()
        .forEach(scene -> out.append(' ').append(Options.value(scene, axis)).append(" |"));
    out.append("\n|---|").append("---|".repeat(measured.size())).append('\n');
    TreeSet<Contender> all = new TreeSet<>();
    measured.values().forEach(shots -> all.addAll(shots.keySet()));
    for (Contender contender : all) {
      out.append("| ").append(contender.title()).append(" |");
      for (Map<Contender, List<Shot>> shots : measured.values()) {
        List<Shot> own = shots.getOrDefault(contender, List.of());
        out.append(
            own.isEmpty()
                ? " – |"
                : String.format(Locale.ROOT, " %,.0f |", LoadReport.median(own, figure.of())));
      }
      out.append('\n');
    }
  }
}
