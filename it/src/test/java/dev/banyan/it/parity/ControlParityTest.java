package dev.banyan.it.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.edge.RealNginx;
import dev.banyan.it.edge.Server;
import dev.banyan.it.traffic.Kind;
import dev.banyan.it.traffic.Tenants;
import dev.banyan.it.traffic.TrafficPlan;
import dev.banyan.it.traffic.WafSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real nginx against itself: whatever differs here is the fault of the traffic or the harness.
 */
final class ControlParityTest {
  private static final long SEED = 20111111;

  private final Server nginx = RealNginx.choose();
  @TempDir Path directory;

  @Test
  void nginxEqualsItselfUnderMixedTrafficOfAllKinds() throws IOException {
    TrafficPlan plan = TrafficPlan.mixed(Tenants.read(LegacyCopy.source()), SEED, 2_000);
    try (Side left = Side.start(nginx, directory.resolve("left"));
        Side right = Side.start(nginx, directory.resolve("right"))) {
      DuelReport report = new Duel(left, right).play(plan);
      System.out.println("nginx against nginx: " + report);
      assertThat(report.differences()).isEmpty();
      assertThat(report.exchanges()).isGreaterThanOrEqualTo(2_000);
      everyModuleActed(report, left);
    }
  }

  private static void everyModuleActed(DuelReport report, Side side) throws IOException {
    assertThat(report.count(Kind.ATTACK, 403)).isPositive();
    assertThat(report.count(Kind.BAD_TOKEN, 401)).isPositive();
    assertThat(report.count(Kind.BAD_TOKEN, 403)).isPositive();
    assertThat(report.count(Kind.BOT, 403)).isPositive();
    assertThat(report.count(Kind.FIREWALL, 403)).isPositive();
    assertThat(report.count(Kind.OVER_LIMIT, 429)).isPositive();
    assertThat(report.count(Kind.REDIRECT, 301)).isPositive();
    assertThat(report.count(Kind.REDIRECT, 302)).isPositive();
    assertThat(report.count(Kind.TENANT, 402)).isPositive();
    assertThat(report.count(Kind.TENANT, 421)).isPositive();
    assertThat(side.legacy().accessLog()).hasSizeGreaterThan(1_900);
  }

  @Test
  void eachRuleCatchesItsSampleAndLetsTheNearMissPass() throws IOException {
    try (Side side = Side.start(nginx, directory.resolve("one"))) {
      TrafficPlan plan = TrafficPlan.wafOnly(Tenants.read(LegacyCopy.source()), SEED);
      Map<String, List<String>> rules = WafRulesLogged.of(side, plan);
      SoftAssertions softly = new SoftAssertions();
      for (WafSample sample : WafSample.all()) {
        String rule = Integer.toString(sample.rule());
        softly.assertThat(rules.get(sample.hitId())).as(sample.hit()).contains(rule);
        softly.assertThat(rules.get(sample.missId())).as(sample.miss()).doesNotContain(rule);
      }
      softly.assertAll();
    }
  }
}
