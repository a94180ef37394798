package dev.banyan.server.progress;

import dev.banyan.router.parity.CallCost;
import dev.banyan.server.figures.ParityFigures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For any thread: what is remembered, as the tree that is shown as JSON. */
public final class ProgressFigures {
  /** What the figures of cost hold and what they don't. */
  static final String COST_NOTE =
      "CPU and allocation of shadowed calls, one in 64 measured on both sides; reading a port's"
          + " input is in it, applying its effects is not. Resident memory can't be told per"
          + " module: the heap is shared.";

  private static final double NANOS_A_SECOND = 1e9;

  private final ProgressRecorder recorder;
  private final Clock clock;

  /** Shows what this recorder remembers. */
  public ProgressFigures(ProgressRecorder recorder, Clock clock) {
    this.recorder = recorder;
    this.clock = clock;
  }

  /** Everything. */
  public Map<String, @Nullable Object> tree() {
    ProgressState state = recorder.state();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    Stretch now = state.open();
    long done = now.done();
    tree.put("modules", now.modules().size());
    tree.put("stages", stages(now));
    tree.put("since", since(state).toString());
    tree.put("paths", paths(state));
    Forecast forecast = Forecast.of(state.past(), done, now.modules().size(), clock.instant());
    tree.put("forecast", forecast.text());
    tree.put("forecastDay", forecast.day() == null ? null : String.valueOf(forecast.day()));
    tree.put("cost", cost(state));
    tree.put("byModule", byModule(state));
    List<Object> series = new ArrayList<>();
    state.past().forEach(stretch -> series.add(point(stretch)));
    series.add(point(now));
    tree.put("series", series);
    return tree;
  }

  private static Instant since(ProgressState state) {
    return state.past().isEmpty() ? state.open().at() : state.past().getFirst().at();
  }

  private static Map<String, Object> stages(Stretch stretch) {
    Map<String, Object> stages = new LinkedHashMap<>();
    for (Stage stage : Stage.values()) {
      stages.put(stage.label(), stretch.at(stage));
    }
    return stages;
  }

  private static Map<String, Object> point(Stretch stretch) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("at", stretch.at().getEpochSecond());
    tree.put("seconds", stretch.span().toSeconds());
    tree.put("withoutLua", stretch.withoutLua());
    tree.put("inLua", stretch.inLua());
    tree.put("javaCalls", stretch.modules().values().stream().mapToLong(Stretch.Row::java).sum());
    tree.put("luaCalls", stretch.modules().values().stream().mapToLong(Stretch.Row::lua).sum());
    tree.put("stages", stages(stretch));
    return tree;
  }

  /** The last 24 hours and the 24 before those, so that it shows which way it goes. */
  private Map<String, Object> paths(ProgressState state) {
    Map<String, Object> tree = new LinkedHashMap<>();
    List<Stretch> all = new ArrayList<>(state.past());
    all.add(state.open());
    tree.put("lastDay", sum(all, 1));
    tree.put("dayBefore", sum(all, 2));
    return tree;
  }

  private Map<String, Object> sum(List<Stretch> all, int daysBack) {
    Instant to = clock.instant().minus(Duration.ofDays(daysBack - 1L));
    Instant from = to.minus(Duration.ofDays(1));
    long without = 0;
    long in = 0;
    for (Stretch one : all) {
      if (one.at().isAfter(from) && !one.at().isAfter(to)) {
        without += one.withoutLua();
        in += one.inLua();
      }
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("withoutLua", without);
    tree.put("inLua", in);
    return tree;
  }

  private static Map<String, Object> cost(ProgressState state) {
    double seconds = 0;
    double octets = 0;
    int measured = 0;
    for (Map.Entry<String, ModuleTrack> one : state.tracks().entrySet()) {
      CallCost cost = one.getValue().cost();
      if (cost.isEnough()) {
        measured++;
        double calls = javaCalls(state, one.getKey());
        seconds += cost.savedNanos() * calls / NANOS_A_SECOND;
        octets += cost.savedOctets() * calls;
      }
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("measuredModules", measured);
    tree.put("savedCpuSeconds", seconds);
    tree.put("savedAllocatedOctets", octets);
    tree.put("note", COST_NOTE);
    return tree;
  }

  private static long javaCalls(ProgressState state, String module) {
    long calls = 0;
    List<Stretch> all = new ArrayList<>(state.past());
    all.add(state.open());
    for (Stretch stretch : all) {
      Stretch.Row row = stretch.modules().get(module);
      calls += row == null ? 0 : row.java();
    }
    return calls;
  }

  private static List<Map<String, @Nullable Object>> byModule(ProgressState state) {
    List<Map<String, @Nullable Object>> trees = new ArrayList<>();
    state
        .open()
        .modules()
        .forEach((name, row) -> {
          Map<String, @Nullable Object> tree = new LinkedHashMap<>();
          tree.put("name", name);
          tree.put("stage", row.stage().label());
          long calls = javaCalls(state, name);
          tree.put("javaCalls", calls);
          ModuleTrack track = state.tracks().get(name);
          JavaRun run = track == null ? null : track.run();
          tree.put("javaSince", run == null ? null : run.flagSince().toString());
          tree.put("cost", track == null ? null : cost(track.cost(), calls));
          trees.add(tree);
        });
    return trees;
  }

  private static @Nullable Map<String, Object> cost(CallCost cost, long javaCalls) {
    Map<String, Object> tree = ParityFigures.cost(cost);
    if (tree != null) {
      tree.put("savedCpuSeconds", cost.savedNanos() * javaCalls / NANOS_A_SECOND);
    }
    return tree;
  }
}
