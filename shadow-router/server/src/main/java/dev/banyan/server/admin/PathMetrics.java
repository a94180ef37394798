package dev.banyan.server.admin;

import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.ParitySnapshot;
import dev.banyan.router.parity.Verdicts;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;

/** Whole requests that were run through the new path, as Prometheus has them. */
final class PathMetrics {
  private PathMetrics() {}

  static List<MetricSnapshot> of(ModuleParity page) {
    ParitySnapshot now = page.snapshot();
    return List.of(
        verdicts(page.verdicts()),
        reasons(
            "banyan_path_not_measured",
            "Whole requests that were followed and not compared, by reason",
            page.skips()),
        reasons(
            "banyan_path_partly_measured",
            "Whole requests of which a part was left out, by reason",
            now.fallbacks()),
        Metrics.level(
            "banyan_path_parity_lower_bound_ratio",
            "The parity of whole requests is at least this, with 97.5 % confidence",
            now.verdicts().lowerBound()),
        Metrics.level(
            "banyan_path_weakest_class_lower_bound_ratio",
            "The parity of whole requests of the weakest class of traffic is at least this",
            now.proof().atLeast()),
        Metrics.level(
            "banyan_path_proven",
            "1 when whole requests of every class that was seen have the parity asked for",
            now.proof().holds() ? 1 : 0),
        HistogramSnapshot.builder()
            .name("banyan_path_seconds")
            .help(
                "How long followed requests took: on the old path, origin and client included; and"
                    + " dry, on the new one")
            .dataPoint(LatencyHistogram.of(Labels.of("path", "old"), page.luaLatencies().counts()))
            .dataPoint(LatencyHistogram.of(Labels.of("path", "dry"), page.javaLatencies().counts()))
            .build());
  }

  private static CounterSnapshot verdicts(Verdicts counted) {
    CounterSnapshot.Builder verdicts =
        Metrics.counter("banyan_path_verdicts", "Whole requests that were followed, by verdict");
    Metrics.byVerdict(counted)
        .forEach((verdict, count) ->
            verdicts.dataPoint(Metrics.point(Labels.of("verdict", verdict), count)));
    return verdicts.build();
  }

  private static CounterSnapshot reasons(String name, String help, Map<String, Long> counted) {
    CounterSnapshot.Builder reasons = Metrics.counter(name, help);
    counted.forEach(
        (reason, count) -> reasons.dataPoint(Metrics.point(Labels.of("reason", reason), count)));
    return reasons.build();
  }
}
