package dev.banyan.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.api.Mode;
import dev.banyan.api.Phase;
import dev.banyan.it.edge.Banyan;
import dev.banyan.it.parity.Duel;
import dev.banyan.it.parity.DuelReport;
import dev.banyan.it.parity.Side;
import dev.banyan.it.traffic.Exchange;
import dev.banyan.it.traffic.Kind;
import dev.banyan.it.traffic.Session;
import dev.banyan.router.parity.ParitySnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every module of the legacy, in every mode, with every fault, in every phase that calls it: users
 * get what Lua alone gives them, and nothing is done twice.
 *
 * <p>Each cell plays a session of each kind; {@code -Dbanyan.matrix.requests=100000} plays more, so
 * many in all.
 */
final class FaultMatrixTest {
  private static final int REQUESTS = Integer.getInteger("banyan.matrix.requests", 0);
  private static final Duration STEP = Duration.ofMillis(40);
  private static final List<String> MODULES = Banyan.MODULES;
  private static final Pattern BYTES = Pattern.compile("\"bytes\":\\d+,");

  /** Cells in which a port's answer came too late to count. */
  private int tooLate;

  @TempDir Path folder;

  private final StepClock clock = new StepClock();
  private final Flagged flagged = new Flagged(MODULES);
  private final Map<String, Set<Phase>> phases = new TreeMap<>();

  @Test
  void usersGetWhatLuaGivesThemAndNothingIsDoneTwice() throws IOException {
    try (flagged;
        Side lua = Side.start(new Edge("Lua alone", clock, null), folder.resolve("lua"));
        Side tested =
            Side.start(new Edge("the matrix", clock, flagged.seam()), folder.resolve("tested"))) {
      Duel duel = new Duel(lua, tested);
      Sessions sessions = new Sessions();
      List<Cell> cells = Cell.all(MODULES);
      for (int i = 0; i < cells.size(); i++) {
        play(duel, sessions, cells.get(i), (int) ((long) REQUESTS * (i + 1) / cells.size()));
      }
      DuelReport report = duel.report();
      tell(report);
      assertThat(report.differences()).isEmpty();
      assertThat(report.serverErrors()).as("unexpected 5xx").isZero();
      assertThat(report.duplicates()).as("requests that an origin got twice").isZero();
      assertThat(clock.byCandidates()).as("candidates' looks at the real clock").isZero();
      await() // a line is written after its answer
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> {
            List<String> actual = accessLog(tested);
            List<String> expected = accessLog(lua);
            assertThat(beside(actual, expected)).as("lines too many").isEmpty();
            assertThat(beside(expected, actual)).as("lines missing").isEmpty();
          });
      everyPhaseWasAsked(cells);
      assertThat(tooLate).as("cells with answers that came too late").isPositive();
    }
  }

  private void play(Duel duel, Sessions sessions, Cell cell, int until) throws IOException {
    ParitySnapshot before = flagged.figures(cell.module());
    flagged.enter(cell);
    for (int i = 0; i < sessions.kinds() || duel.report().exchanges() < until - 1; i++) {
      clock.step(STEP);
      duel.play(sessions.next());
    }
    flagged.leave();
    duel.play(dicts());
    ParitySnapshot after = flagged.figures(cell.module());
    verdict(cell, before, after);
    if (cell.fault() == Fault.TOO_SLOW && after.fallbackTotal() > before.fallbackTotal()) {
      tooLate++;
    }
  }

  private static Session dicts() {
    String request = "GET " + Edge.DICTS + " HTTP/1.1\r\nHost: dicts\r\n\r\n";
    return new Session(
        List.of(
            new Exchange(
                Kind.ENDPOINT, Edge.DICTS, "GET", request.getBytes(StandardCharsets.ISO_8859_1))));
  }

  private static void verdict(Cell cell, ParitySnapshot before, ParitySnapshot after) {
    boolean asked = cell.mode() == Mode.JAVA || cell.mode() == Mode.CANARY;
    boolean works = cell.fault() == Fault.OK;
    boolean late = cell.fault() == Fault.TOO_SLOW;
    boolean java = after.javaCalls() > before.javaCalls();
    boolean fellBack = after.fallbackTotal() > before.fallbackTotal();
    if (late) {
      // what it has changed by then stays, and then its answer counts
      assertThat(java || fellBack).as("%s was asked", cell).isEqualTo(asked);
    } else {
      assertThat(java).as("%s answered by Java", cell).isEqualTo(asked && works);
      assertThat(fellBack).as("%s fell back", cell).isEqualTo(asked && !works);
    }
    assertThat(after.verdicts().mismatched())
        .as("%s mismatched", cell)
        .isEqualTo(before.verdicts().mismatched());
    if (cell.mode() == Mode.SHADOW) {
      assertThat(after.verdicts().matched() > before.verdicts().matched())
          .as("%s matched", cell)
          .isEqualTo(works || late);
      assertThat(after.verdicts().broken() > before.verdicts().broken())
          .as("%s broke", cell)
          .isEqualTo(cell.fault() == Fault.THROWS);
    }
  }

  private void everyPhaseWasAsked(List<Cell> cells) {
    flagged
        .seam()
        .asked()
        .keySet()
        .forEach(asked ->
            phases
                .computeIfAbsent(asked.cell().module(), _ -> EnumSet.noneOf(Phase.class))
                .add(asked.phase()));
    for (Cell cell : cells) {
      Set<Phase> asked = EnumSet.noneOf(Phase.class);
      flagged.seam().asked().keySet().stream()
          .filter(one -> one.cell().equals(cell))
          .forEach(one -> asked.add(one.phase()));
      assertThat(asked).as("phases of %s", cell).isEqualTo(phases.get(cell.module()));
    }
  }

  private void tell(DuelReport report) {
    long calls = flagged.seam().asked().values().stream().mapToLong(n -> n.sum()).sum();
    System.out.println(
        "matrix: "
            + report
            + "\n"
            + calls
            + " calls of flagged modules, "
            + Faults.struck()
            + " of ports; "
            + report.originRequests()
            + " requests at the origins, duplicates: "
            + report.duplicates()
            + "; unexpected 5xx: "
            + report.serverErrors()
            + "; looks at the real clock by candidates: "
            + clock.byCandidates());
  }

  /**
   * The lines, without the octets of the answers: the framing of chunks counts among them, as nginx
   * counts it, and depends on how the origin's pieces came. The bodies were compared already.
   */
  private static List<String> accessLog(Side side) throws IOException {
    return side.legacy().accessLog().stream()
        .map(line -> BYTES.matcher(line).replaceAll(""))
        .toList();
  }

  /** The lines that are here and not there, as often as they are. */
  private static List<String> beside(List<String> here, List<String> there) {
    Map<String, Integer> counts = new HashMap<>();
    there.forEach(line -> counts.merge(line, 1, Integer::sum));
    return here.stream().filter(line -> counts.merge(line, -1, Integer::sum) < 0).toList();
  }
}
