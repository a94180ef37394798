package dev.banyan.it.duel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.duel.report.SummaryText;
import dev.banyan.duel.run.CaseSource;
import dev.banyan.duel.run.Report;
import dev.banyan.duel.suite.Case;
import dev.banyan.it.edge.Banyan;
import dev.banyan.it.edge.RealNginx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real nginx, Banyan's old path and its new path under one generated suite. */
final class ThreeServersTest {
  private static final int CASES = 3_000;
  private static final int IN_FLIGHT = 64;

  @TempDir Path folder;

  @Test
  void nginxAndBothPathsAnswerAlikeAndSendTheirOriginsTheSame()
      throws IOException, InterruptedException {
    List<Case> cases = Ring.suite().subList(0, CASES);
    try (Ring ring = new Ring(folder)) {
      ring.add("nginx", RealNginx.choose())
          .add("old", Banyan.withAllPorts("lua"))
          .add("new", Banyan.withoutLua());
      Report report = ring.run(CaseSource.shuffled(cases, Ring.SEED), IN_FLIGHT, 1);
      System.out.println(SummaryText.of(report));
      assertThat(report.results()).hasSize(CASES);
      assertThat(report.marked()).as("requests at the origins").isGreaterThan(CASES);
      assertThat(report.isClean()).as(SummaryText.of(report)).isTrue();
    }
  }
}
