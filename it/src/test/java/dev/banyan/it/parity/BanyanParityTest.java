package dev.banyan.it.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.it.edge.Banyan;
import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.edge.RealNginx;
import dev.banyan.it.traffic.Tenants;
import dev.banyan.it.traffic.TrafficPlan;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Banyan against the real nginx: what users get and what the origins receive is the same. */
final class BanyanParityTest {
  private static final long SEED = 20261124;
  private static final int REQUESTS = 2_000;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"lua", "java", "shadow"})
  void banyanAnswersAsTheRealNginxDoes(String mode) throws IOException {
    TrafficPlan plan = TrafficPlan.mixed(Tenants.read(LegacyCopy.source()), SEED, REQUESTS);
    try (Side nginx = Side.start(RealNginx.choose(), directory.resolve("nginx"));
        Side banyan = Side.start(Banyan.withPorts(mode), directory.resolve("banyan"))) {
      DuelReport report = new Duel(nginx, banyan).play(plan);
      System.out.println("nginx against Banyan at " + mode + ": " + report);
      assertThat(report.differences()).isEmpty();
      assertThat(report.exchanges()).isGreaterThanOrEqualTo(REQUESTS);
    }
  }
}
