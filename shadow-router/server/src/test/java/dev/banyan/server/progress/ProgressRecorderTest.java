package dev.banyan.server.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Mode;
import dev.banyan.host.ModuleHost;
import dev.banyan.router.flags.FlagChange;
import dev.banyan.router.flags.FlagPolicy;
import dev.banyan.router.flags.ModuleFlag;
import dev.banyan.router.flags.ModulePolicy;
import dev.banyan.router.flags.Sides;
import dev.banyan.router.parity.CallCost;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.ParityBook;
import dev.banyan.router.parity.ParitySettings;
import dev.banyan.router.parity.Redactor;
import dev.banyan.server.SetClock;
import dev.banyan.server.figures.PathCounts;
import dev.banyan.server.flags.FlagStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressRecorderTest {
  private static final String WAF = "edge.waf";
  private static final List<String> MODULES = List.of(WAF, "edge.bot", "edge.tenant");

  @TempDir Path folder;
  private final SetClock clock = new SetClock(Instant.parse("2026-03-02T10:30:00Z"));
  private final Map<String, Map<String, @Nullable Object>> learned = new HashMap<>();

  /** One process: its counters begin at 0, its folder is the same. */
  private final class Life {
    final FlagStore flags;
    final ParityBook parity =
        new ParityBook(
            MODULES,
            clock,
            ParitySettings.of(
                0.99, 10, new Redactor(new byte[32], Set.of(), Redactor.Bodies.HIDDEN)));
    final PathCounts paths = new PathCounts();
    final ProgressRecorder recorder;

    Life() {
      Map<String, ModulePolicy> policies =
          Map.of(
              WAF,
              policy(WAF),
              "edge.bot",
              policy("edge.bot"),
              "edge.tenant",
              policy("edge.tenant"));
      flags =
          FlagStore.open(
              folder,
              new FlagPolicy(policies, "host"),
              MODULES.stream().map(ModuleFlag::lua).toList(),
              clock);
      recorder =
          new ProgressRecorder(
              new ProgressRecorder.Sources(
                  flags, parity, paths, ModuleHost::empty, _ -> false, learned::get),
              folder,
              clock);
    }

    private static ModulePolicy policy(String name) {
      return new ModulePolicy(name, List.of("remote_addr"), Sides.BOTH);
    }

    ModuleParity waf() {
      return Objects.requireNonNull(parity.module(WAF));
    }

    void flag(String module, Mode mode) {
      flags.change(new FlagChange(module, mode, null, null, "ann", "goes on"));
    }

    JavaRun run() {
      return Objects.requireNonNull(
          Objects.requireNonNull(recorder.state().tracks().get(WAF)).run());
    }
  }

  private void pass(Duration time) {
    clock.set(clock.instant().plus(time));
  }

  @Test
  void theRunAtJavaGoesOnAcrossRestartsAndCountsCallsAndFallbacks() {
    Life first = new Life();
    first.waf().javaAnswered(1_000);
    first.flag(WAF, Mode.JAVA);
    Instant since = clock.instant();
    assertThat(first.run()).isEqualTo(new JavaRun(since, since, 0, 0, null));
    first.waf().javaAnswered(1_000);
    first.waf().javaAnswered(1_000);
    first.recorder.close();

    pass(Duration.ofDays(3));
    Life second = new Life();
    second.waf().javaAnswered(1_000);
    second.waf().fellBack("declined: not today");
    assertThat(second.run()).isEqualTo(new JavaRun(since, since, 3, 1, clock.instant()));
  }

  @Test
  void goingBackToLuaEndsTheRun() {
    Life life = new Life();
    life.flag(WAF, Mode.JAVA);
    life.recorder.state();
    life.flag(WAF, Mode.LUA);
    assertThat(life.recorder.state().tracks().get(WAF)).extracting(ModuleTrack::run).isNull();
    pass(Duration.ofHours(1));
    life.flag(WAF, Mode.JAVA);
    assertThat(life.run().flagSince()).isEqualTo(clock.instant());
  }

  @Test
  void aRunBeginsAnewWhenTheFlagWasAwayWhileNobodyLooked() {
    Life life = new Life();
    life.flag(WAF, Mode.JAVA);
    life.waf().javaAnswered(1_000);
    life.recorder.state();
    pass(Duration.ofSeconds(1));
    life.flag(WAF, Mode.LUA);
    life.flag(WAF, Mode.JAVA);
    assertThat(life.run().javaCalls()).isZero();
    assertThat(life.run().flagSince()).isEqualTo(clock.instant());
  }

  @Test
  void hoursBecomeDaysAndTheFilesStayBounded() throws IOException {
    Life life = new Life();
    for (int hour = 0; hour < 24 * 16; hour++) {
      life.paths.served(List.of());
      life.recorder.look();
      pass(Duration.ofHours(1));
    }
    List<Stretch> past = life.recorder.state().past();
    assertThat(past).hasSizeBetween(ProgressStore.HOURS + 2, ProgressStore.HOURS + 4);
    assertThat(past.getFirst().span()).isEqualTo(Duration.ofDays(1));
    assertThat(past.stream().mapToLong(Stretch::withoutLua).sum()).isEqualTo(24 * 16);
    assertThat(Files.readAllLines(folder.resolve(ProgressStore.PAST_FILE))).hasSize(past.size());
    life.recorder.close();
    assertThat(new Life().recorder.state().past()).isEqualTo(past);
  }

  @Test
  void aDamagedFileIsCountedAnew() throws IOException {
    Files.writeString(folder.resolve(ProgressStore.NOW_FILE), "{\"open\":");
    Files.writeString(folder.resolve(ProgressStore.PAST_FILE), "{\"at\":\n");
    assertThat(new Life().recorder.state().past()).isEmpty();
  }

  @Test
  void aFileWhoseValuesMakeNoSenseIsCountedAnewToo() throws IOException {
    Files.writeString(
        folder.resolve(ProgressStore.NOW_FILE),
        """
        {"open": {"at": "yesterday"}, "modules": {"edge.waf": {"portSince": "once"}}}
        """);
    assertThat(new Life().recorder.state().past()).isEmpty();
  }

  @Test
  void theForecastNeedsHistoryAndSaysWhatItRestsOn() {
    Life life = new Life();
    ProgressFigures figures = new ProgressFigures(life.recorder, clock);
    assertThat(figures.tree().get("forecast"))
        .isEqualTo("not enough history for a forecast: 0 days are remembered, 14 are needed");
    for (int hour = 0; hour < 24 * 20; hour++) {
      life.recorder.look();
      pass(Duration.ofHours(1));
    }
    assertThat(figures.tree().get("forecast"))
        .isEqualTo("no forecast: no module has come to java in the last 20 days");
    life.flag(WAF, Mode.JAVA);
    assertThat(figures.tree())
        .containsEntry(
            "forecast",
            "about 2026-05-01, if the 2 left go at the rate of 1 of 3 modules in the last 20 days")
        .containsEntry("forecastDay", "2026-05-01");
    life.flag("edge.bot", Mode.JAVA);
    life.flag("edge.tenant", Mode.JAVA);
    assertThat(figures.tree()).containsEntry("forecast", "every module is at java");
  }

  @Test
  void theLinesThatARecordingReachedAreRemembered() {
    Map<String, @Nullable Object> lines =
        Map.of("all", 9, "reached", 7, "missing", new TreeSet<>(List.of(12, 13)));
    learned.put(WAF, Map.of("lines", lines));
    new Life().recorder.close();
    learned.clear();
    assertThat(new Life().recorder.state().tracks().get(WAF))
        .extracting(ModuleTrack::lines)
        .isEqualTo(new LinesRecord(clock.instant(), 9, 7, List.of(12, 13)));
  }

  @Test
  @SuppressWarnings("unchecked") // a tree for JSON
  void whatIsSavedIsTheMeasuredDifferenceForEachCallOfJavas() {
    Life life = new Life();
    life.waf().measured(new CallCost(100, 5_000_000, 100_000, 1_000_000, 20_000));
    life.waf().javaAnswered(1_000);
    life.waf().javaAnswered(1_000);
    Map<String, Object> cost =
        (Map<String, Object>)
            Objects.requireNonNull(new ProgressFigures(life.recorder, clock).tree().get("cost"));
    assertThat(cost)
        .containsEntry("measuredModules", 1)
        .containsEntry("savedCpuSeconds", 8e-5)
        .containsEntry("savedAllocatedOctets", 1600.0);
  }
}
