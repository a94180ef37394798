package dev.banyan.server.admin;

import com.sun.net.httpserver.HttpExchange;
import dev.banyan.api.Mode;
import dev.banyan.router.flags.ModuleFlag;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.Noise;
import dev.banyan.router.parity.ParitySnapshot;
import dev.banyan.router.parity.Verdicts;
import dev.banyan.server.samples.StoreCounts;
import dev.banyan.server.traces.TraceCounts;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * For any thread: all figures for Prometheus, read at the moment of the scrape, in the format that
 * the scraper asks for: protobuf, OpenMetrics, or plain text when it asks for none.
 */
final class Metrics {
  private final ControlRoom room;
  private final ExpositionFormats formats = ExpositionFormats.init();

  Metrics(ControlRoom room) {
    this.room = room;
  }

  void handle(HttpExchange exchange, Reply reply) throws IOException {
    ExpositionFormatWriter writer =
        formats.findWriter(exchange.getRequestHeaders().getFirst("Accept"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out, collect());
    reply.send(exchange, 200, writer.getContentType(), out.toByteArray());
  }

  private MetricSnapshots collect() {
    CounterSnapshot.Builder calls =
        counter("banyan_calls", "Calls of a module, by who answered them");
    CounterSnapshot.Builder verdicts =
        counter("banyan_shadow_verdicts", "Shadowed calls of a module, by verdict");
    CounterSnapshot.Builder fallbacks =
        counter("banyan_fallbacks", "Calls that Java was asked and Lua answered, by reason");
    CounterSnapshot.Builder twice =
        counter("banyan_noise", "Calls that Lua answered a second time, by what it answered then");
    GaugeSnapshot.Builder modes =
        GaugeSnapshot.builder().name("banyan_module_mode").help("1 for the mode in force");
    GaugeSnapshot.Builder parity =
        GaugeSnapshot.builder()
            .name("banyan_parity_lower_bound_ratio")
            .help("The parity of a module is at least this, with 97.5 % confidence");
    GaugeSnapshot.Builder weakest =
        GaugeSnapshot.builder()
            .name("banyan_parity_weakest_class_lower_bound_ratio")
            .help("The parity of a module's weakest class of traffic is at least this");
    GaugeSnapshot.Builder proven =
        GaugeSnapshot.builder()
            .name("banyan_parity_proven")
            .help("1 when every class of traffic that was seen has the parity asked for");
    HistogramSnapshot.Builder seconds =
        HistogramSnapshot.builder()
            .name("banyan_call_seconds")
            .help("How long a module's calls took, by who was called");
    for (ModuleParity page : room.parity().all()) {
      ParitySnapshot now = page.snapshot();
      String module = page.module();
      addCalls(calls, now);
      addVerdicts(verdicts, page);
      now.fallbacks()
          .forEach((reason, count) ->
              fallbacks.dataPoint(point(Labels.of("module", module, "reason", reason), count)));
      addNoise(twice, module, page.noiseCounts());
      addModes(modes, room.flags().current().flag(module));
      parity.dataPoint(gauge(Labels.of("module", module), now.verdicts().lowerBound()));
      weakest.dataPoint(gauge(Labels.of("module", module), now.proof().atLeast()));
      proven.dataPoint(gauge(Labels.of("module", module), now.proof().holds() ? 1 : 0));
      seconds.dataPoint(
          LatencyHistogram.of(
              Labels.of("module", module, "path", "lua"), page.luaLatencies().counts()));
      seconds.dataPoint(
          LatencyHistogram.of(
              Labels.of("module", module, "path", "java"), page.javaLatencies().counts()));
    }
    CounterSnapshot.Builder kept =
        counter("banyan_in_lua", "Requests that were in Lua, by what kept them there");
    room.paths()
        .ranked()
        .forEach(one -> kept.dataPoint(point(Labels.of("reason", one.reason()), one.requests())));
    StoreCounts samples = room.samples().get();
    CounterSnapshot.Builder stored =
        counter("banyan_samples", "Mismatches offered to the disk, by what became of them");
    Map.of(
            "written", samples.written(),
            "thinned", samples.thinned(),
            "dropped", samples.dropped(),
            "failed", samples.failed())
        .forEach((fate, count) -> stored.dataPoint(point(Labels.of("fate", fate), count)));
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    PathMetrics.of(room.parity().path()).forEach(all::metricSnapshot);
    List.of(
            stored.build(),
            spans(room.traces().get()),
            counter("banyan_requests", "Requests that met a handler, by path")
                .dataPoint(point(Labels.of("path", "new"), room.paths().withoutLua()))
                .dataPoint(point(Labels.of("path", "old"), room.paths().inLua()))
                .build(),
            kept.build(),
            single("banyan_lua_entries", "Calls into Lua machines", room.paths().entries()),
            calls.build(),
            verdicts.build(),
            fallbacks.build(),
            twice.build(),
            modes.build(),
            parity.build(),
            weakest.build(),
            proven.build(),
            seconds.build(),
            single(
                "banyan_shadow_shed", "Observations that found no room", room.shadow().shedTotal()),
            single("banyan_shadow_failed", "Observations that failed", room.shadow().failedTotal()),
            level("banyan_shadow_waiting", "Observations that wait", room.shadow().waiting()),
            level(
                "banyan_flags_version",
                "Version of the flags",
                (double) room.flags().current().version()),
            level(
                "banyan_ready",
                "1 when the process takes traffic",
                room.readiness().isReady() ? 1 : 0))
        .forEach(all::metricSnapshot);
    return all.build();
  }

  private static CounterSnapshot spans(TraceCounts counts) {
    return counter("banyan_trace_spans", "Spans of traced requests, by what became of them")
        .dataPoint(point(Labels.of("fate", "exported"), counts.exported()))
        .dataPoint(point(Labels.of("fate", "shed"), counts.shed()))
        .dataPoint(point(Labels.of("fate", "failed"), counts.failed()))
        .build();
  }

  private static void addCalls(CounterSnapshot.Builder calls, ParitySnapshot now) {
    calls.dataPoint(point(Labels.of("module", now.module(), "path", "lua"), now.luaCalls()));
    calls.dataPoint(point(Labels.of("module", now.module(), "path", "java"), now.javaCalls()));
  }

  private static void addNoise(CounterSnapshot.Builder twice, String module, Noise noise) {
    twice.dataPoint(
        point(Labels.of("module", module, "answer", "same"), noise.measured() - noise.differed()));
    twice.dataPoint(point(Labels.of("module", module, "answer", "other"), noise.differed()));
  }

  private static void addVerdicts(CounterSnapshot.Builder verdicts, ModuleParity page) {
    byVerdict(page.verdicts())
        .forEach((verdict, count) ->
            verdicts.dataPoint(
                point(Labels.of("module", page.module(), "verdict", verdict), count)));
  }

  static Map<String, Long> byVerdict(Verdicts counted) {
    return Map.of(
        "matched", counted.matched(),
        "ignored", counted.ignored(),
        "mismatched", counted.mismatched(),
        "skipped", counted.skipped(),
        "broken", counted.broken());
  }

  private static void addModes(GaugeSnapshot.Builder modes, ModuleFlag flag) {
    for (Mode mode : Mode.values()) {
      modes.dataPoint(
          gauge(
              Labels.of("module", flag.module(), "mode", mode.label()),
              mode == flag.mode() ? 1 : 0));
    }
  }

  static CounterSnapshot.Builder counter(String name, String help) {
    return CounterSnapshot.builder().name(name).help(help);
  }

  static CounterDataPointSnapshot point(Labels labels, long value) {
    return CounterDataPointSnapshot.builder().labels(labels).value((double) value).build();
  }

  private static GaugeDataPointSnapshot gauge(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  private static CounterSnapshot single(String name, String help, long value) {
    return counter(name, help).dataPoint(point(Labels.EMPTY, value)).build();
  }

  static GaugeSnapshot level(String name, String help, double value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(gauge(Labels.EMPTY, value))
        .build();
  }
}
