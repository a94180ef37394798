package dev.banyan.server.progress;

import dev.banyan.host.BoundPort;
import dev.banyan.host.ModuleHost;
import dev.banyan.lua.seam.CpuMeter;
import dev.banyan.router.flags.ModuleFlag;
import dev.banyan.router.parity.CallCost;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.ParityBook;
import dev.banyan.router.parity.ParitySnapshot;
import dev.banyan.server.figures.PathCounts;
import dev.banyan.server.flags.FlagStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For any thread: remembers how the migration goes, across restarts, in the state folder. It looks
 * every {@link #PERIOD} on a thread of its own and writes every minute, so that a crash costs a
 * minute of what was counted.
 */
public final class ProgressRecorder implements AutoCloseable {
  /** How often it looks. */
  public static final Duration PERIOD = Duration.ofSeconds(10);

  private static final Duration WRITING = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(ProgressRecorder.class);

  private final Sources sources;
  private final ProgressStore store;
  private final Clock clock;
  private final Map<String, ParitySnapshot> before = new HashMap<>();
  private final Map<String, CallCost> costBefore = new HashMap<>();
  private final Map<String, ModuleTrack> tracks;
  private List<Stretch> past;
  private Stretch open;
  private long withoutLua;
  private long inLua;
  private Instant written;
  private @Nullable ScheduledExecutorService timer;
  private boolean letGo;

  /**
   * Where it looks.
   *
   * @param host the ports in force
   * @param retired modules without a Lua file
   * @param learned the report of a module's latest recording; null when there is none
   */
  public record Sources(
      FlagStore flags,
      ParityBook parity,
      PathCounts paths,
      Supplier<ModuleHost> host,
      Predicate<String> retired,
      Function<String, @Nullable Map<String, @Nullable Object>> learned) {}

  /** Goes on with what the state folder remembers. */
  public ProgressRecorder(Sources sources, Path stateDir, Clock clock) {
    this.sources = sources;
    this.clock = clock;
    store = new ProgressStore(stateDir);
    Instant now = clock.instant();
    ProgressState known = store.load(now);
    past = new ArrayList<>(known.past());
    open = known.open();
    tracks = new TreeMap<>(known.tracks());
    tracks.keySet().removeIf(module -> sources.parity().module(module) == null);
    written = now;
    look();
  }

  /** Begins to look by itself, and at each change of a flag. */
  @SuppressWarnings("FutureReturnValueIgnored") // it ends with its executor
  public synchronized void start() {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("banyan-progress").factory());
    executor.execute(ProgressRecorder::prepareMeters);
    long millis = PERIOD.toMillis();
    executor.scheduleWithFixedDelay(this::lookAndWrite, millis, millis, TimeUnit.MILLISECONDS);
    timer = executor;
    sources.flags().onChange(_ -> soon(executor));
  }

  /** Not on the thread that changes the flag: a roll-back waits for no disk of ours. */
  private void soon(ScheduledExecutorService executor) {
    try {
      executor.execute(this::lookAndWrite);
    } catch (RejectedExecutionException e) {
      LOG.debug("the last look is the one at the end", e);
    }
  }

  /** The first meter loads a good part of the JDK, which must not happen on an event loop. */
  private static void prepareMeters() {
    if (CpuMeter.start().stop() == null) {
      LOG.warn("this machine tells no thread's CPU: what calls cost is not measured");
    }
  }

  /** What is remembered, as of now. */
  public synchronized ProgressState state() {
    look();
    return new ProgressState(past, open, tracks);
  }

  /** The stage of a module now. */
  public Stage stage(String module) {
    return Stage.of(sources.flags().current().flag(module), sources.retired().test(module));
  }

  private synchronized void lookAndWrite() {
    try {
      look();
      if (Duration.between(written, clock.instant()).abs().compareTo(WRITING) >= 0) {
        write();
      }
    } catch (RuntimeException e) { // the next time is another try
      LOG.error("the progress can't be noted", e);
    }
  }

  /** Writes what is known: from now on the folder is another process's. */
  public synchronized void letGo() {
    look();
    write();
    letGo = true;
  }

  /** The folder is this process's again. */
  public synchronized void takeBack() {
    letGo = false;
  }

  /** Goes on with what another process has left in the folder. */
  public synchronized void reread() {
    ProgressState known = store.load(clock.instant());
    past = new ArrayList<>(known.past());
    open = known.open();
    tracks.clear();
    tracks.putAll(known.tracks());
    tracks.keySet().removeIf(module -> sources.parity().module(module) == null);
    look();
  }

  private void write() {
    written = clock.instant();
    if (letGo) {
      return;
    }
    try {
      store.keep(open, tracks);
    } catch (IOException e) {
      LOG.error("the progress can't be kept on disk; it is tried again in a minute", e);
    }
  }

  /** Adds what happened since the last look. */
  synchronized void look() {
    Instant now = clock.instant();
    Instant hour = ProgressStore.hour(now);
    if (open.at().isBefore(hour)) {
      end(hour);
    }
    Map<String, Stretch.Row> rows = new TreeMap<>();
    for (ModuleParity page : sources.parity().all()) {
      rows.put(page.module(), look(page, now));
    }
    long without = sources.paths().withoutLua();
    long in = sources.paths().inLua();
    open = open.plus(without - withoutLua, in - inLua, rows);
    withoutLua = without;
    inLua = in;
  }

  private void end(Instant hour) {
    Stretch ended = open;
    open = Stretch.begin(hour, ProgressStore.HOUR);
    past.add(ended);
    if (letGo) {
      return;
    }
    List<Stretch> compacted = ProgressStore.compact(past);
    try {
      if (compacted.size() < past.size()) {
        past = new ArrayList<>(compacted);
        store.replace(past);
      } else {
        store.append(ended);
      }
      store.keep(open, tracks);
    } catch (IOException e) {
      LOG.error("an hour of progress can't be written; it is kept in memory", e);
    }
  }

  private Stretch.Row look(ModuleParity page, Instant now) {
    ParitySnapshot snapshot = page.snapshot();
    ParitySnapshot last = before.put(page.module(), snapshot);
    long lua = snapshot.luaCalls() - (last == null ? 0 : last.luaCalls());
    long java = snapshot.javaCalls() - (last == null ? 0 : last.javaCalls());
    long fallbacks = snapshot.fallbackTotal() - (last == null ? 0 : last.fallbackTotal());
    track(snapshot, page.cost(), java, fallbacks, now);
    return new Stretch.Row(stage(page.module()), lua, java, fallbacks);
  }

  private void track(
      ParitySnapshot snapshot, CallCost cost, long java, long fallbacks, Instant now) {
    String module = snapshot.module();
    BoundPort port = sources.host().get().port(module);
    String checksum = port == null ? "" : port.checksum();
    ModuleTrack track = tracks.get(module);
    if (track == null) {
      track = ModuleTrack.begin(checksum, now);
    } else if (!track.checksum().equals(checksum)) {
      track = track.withPort(checksum, now);
    }
    track = track.with(run(module, track.run(), java, fallbacks, now));
    if (snapshot.verdicts().compared() > 0) {
      track = track.with(ParityRecord.of(snapshot, now));
    }
    LinesRecord lines = LinesRecord.of(sources.learned().apply(module), now);
    if (lines != null) {
      track = track.with(lines);
    }
    CallCost known = costBefore.put(module, cost);
    track = track.with(track.cost().plus(known == null ? cost : cost.minus(known)));
    tracks.put(module, track);
  }

  private @Nullable JavaRun run(
      String module, @Nullable JavaRun run, long java, long fallbacks, Instant now) {
    ModuleFlag flag = sources.flags().current().flag(module);
    if (!flag.isJavaForAll()) {
      return null;
    }
    Instant since =
        sources.flags().javaSince(module).orElseGet(() -> run == null ? now : run.flagSince());
    return run == null || !run.flagSince().equals(since)
        ? JavaRun.begin(since, now)
        : run.plus(java, fallbacks, now);
  }

  @Override
  public synchronized void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
    look();
    write();
  }
}
