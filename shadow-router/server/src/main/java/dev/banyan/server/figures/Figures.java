package dev.banyan.server.figures;

import dev.banyan.api.Mode;
import dev.banyan.router.flags.FlagSnapshot;
import dev.banyan.router.flags.ModuleFlag;
import dev.banyan.router.flags.ModulePolicy;
import dev.banyan.router.flags.Sides;
import dev.banyan.router.parity.Latency;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.ParityBook;
import dev.banyan.router.parity.ParitySnapshot;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ModuleConfig;
import dev.banyan.server.flags.FlagJson;
import dev.banyan.server.flags.FlagStore;
import dev.banyan.server.samples.StoreCounts;
import dev.banyan.server.shadow.ShadowExecutor;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** For any thread: builds the trees that are shown as JSON, each from one moment's figures. */
public final class Figures {
  private final Supplier<BanyanConfig> config;
  private final FlagStore flags;
  private final ParityBook parity;
  private final ShadowExecutor shadow;
  private final Readiness readiness;
  private final PortFigures ports;
  private final PathCounts paths;
  private final Supplier<StoreCounts> samples;
  private final Instant started;
  private final long startedNanos = System.nanoTime(); // a clock may be set, and back
  private final double followed;

  /** Creates it; the uptime counts from now. */
  public Figures(
      Supplier<BanyanConfig> config,
      FlagStore flags,
      ParityBook parity,
      ShadowExecutor shadow,
      Readiness readiness,
      PortFigures ports,
      PathCounts paths,
      Supplier<StoreCounts> samples,
      Clock clock) {
    this.config = config;
    this.flags = flags;
    this.parity = parity;
    this.shadow = shadow;
    this.readiness = readiness;
    this.ports = ports;
    this.paths = paths;
    this.samples = samples;
    this.started = clock.instant();
    this.followed = config.get().parity().path();
  }

  /** Whole requests of the old path that were run through the new one. */
  public Map<String, @Nullable Object> path() {
    return PathFigures.tree(parity.path(), followed);
  }

  /** The process as a whole. */
  public Map<String, @Nullable Object> status() {
    FlagSnapshot snapshot = flags.current();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("state", readiness.describe());
    tree.put("ready", readiness.isReady());
    tree.put("startedAt", started.toString());
    tree.put("uptimeSeconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos));
    tree.put("conf", config.get().conf().toString());
    tree.put("flagsVersion", snapshot.version());
    tree.put("modules", modesOf(snapshot));
    tree.put("paths", paths.tree());
    Map<String, @Nullable Object> observing = new LinkedHashMap<>();
    observing.put("taken", shadow.submittedTotal());
    observing.put("shed", shadow.shedTotal());
    observing.put("failed", shadow.failedTotal());
    observing.put("waiting", shadow.waiting());
    observing.put("unfinished", shadow.unfinished());
    observing.put("niceness", shadow.niceness());
    tree.put("shadow", observing);
    tree.put("samples", samples());
    return tree;
  }

  private Map<String, @Nullable Object> samples() {
    StoreCounts counts = samples.get();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("written", counts.written());
    tree.put("thinned", counts.thinned());
    tree.put("dropped", counts.dropped());
    tree.put("failed", counts.failed());
    tree.put("waiting", counts.waiting());
    return tree;
  }

  /** All modules. */
  public List<Map<String, @Nullable Object>> modules() {
    List<Map<String, @Nullable Object>> trees = new ArrayList<>();
    for (ModuleParity page : parity.all()) {
      trees.add(module(page));
    }
    return trees;
  }

  /** One module, or null when it isn't configured. */
  public @Nullable Map<String, @Nullable Object> module(String name) {
    ModuleParity page = parity.module(name);
    return page == null ? null : module(page);
  }

  private Map<String, @Nullable Object> module(ModuleParity page) {
    ParitySnapshot now = page.snapshot();
    ModuleFlag flag = flags.current().flag(page.module());
    ModulePolicy policy = flags.policy().module(page.module());
    ModuleConfig configured = config.get().modules().get(page.module());
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("name", page.module());
    tree.put("mode", flag.mode().label());
    tree.put("flag", FlagJson.write(flag));
    tree.put("ported", policy != null && policy.ported());
    tree.put("retired", policy != null && policy.sides() == Sides.JAVA);
    tree.put("failMode", configured == null ? "lua" : configured.failMode().label());
    ports.put(page.module(), tree);
    tree.put("stickyKey", policy == null ? List.of() : policy.stickyKeys());
    tree.put("luaCalls", now.luaCalls());
    tree.put("javaCalls", now.javaCalls());
    tree.put("javaShare", now.javaShare());
    tree.put("parity", ParityFigures.parity(now));
    tree.put("fallbacks", now.fallbacks());
    tree.put("fallbackTotal", now.fallbackTotal());
    tree.put("skips", now.skips());
    tree.put("breakages", now.breakages());
    tree.put("luaLatency", latency(now.luaLatency()));
    tree.put("javaLatency", latency(now.javaLatency()));
    tree.put("cost", ParityFigures.cost(page.cost()));
    return tree;
  }

  private static Map<String, @Nullable Object> latency(Latency latency) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("count", latency.count());
    tree.put("meanMicros", latency.mean());
    tree.put("p50Micros", latency.p50());
    tree.put("p90Micros", latency.p90());
    tree.put("p99Micros", latency.p99());
    tree.put("maxMicros", latency.max());
    return tree;
  }

  private Map<String, Integer> modesOf(FlagSnapshot snapshot) {
    Map<String, Integer> byMode = new LinkedHashMap<>();
    for (Mode mode : Mode.values()) {
      byMode.put(mode.label(), 0);
    }
    for (String module : config.get().modules().keySet()) {
      byMode.merge(snapshot.flag(module).mode().label(), 1, Integer::sum);
    }
    return byMode;
  }
}
