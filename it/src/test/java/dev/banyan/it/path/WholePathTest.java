package dev.banyan.it.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.it.edge.AdminClient;
import dev.banyan.it.edge.Banyan;
import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.parity.Side;
import dev.banyan.it.traffic.Exchange;
import dev.banyan.it.traffic.Session;
import dev.banyan.it.traffic.Tenants;
import dev.banyan.it.traffic.TrafficPlan;
import dev.banyan.it.wire.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The sample legacy with its right ports: whole requests are compared without a false alarm. */
final class WholePathTest {
  private static final long SEED = 20261128;
  private static final int REQUESTS = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** So many sessions' comparisons find room in the queue, however busy the machine is. */
  private static final int AT_ONCE = 100;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"lua", "shadow"})
  void rightPortsGiveNoDifferenceOverVariedTraffic(String mode) throws IOException {
    noDifference(mode, Banyan.MODULES);
  }

  @Test
  void norDoTheyWhereSomeOfThemAnswerAlreadyAmongLua() throws IOException {
    noDifference(
        "java",
        List.of(
            "edge.tenant",
            "edge.bot",
            "edge.waf",
            "edge.token_auth",
            "edge.cache_key",
            "edge.security_headers"));
  }

  private void noDifference(String mode, List<String> modules) throws IOException {
    TrafficPlan plan = TrafficPlan.mixed(Tenants.read(LegacyCopy.source()), SEED, REQUESTS);
    try (Side side = Side.start(Banyan.followingThePath(mode, modules), directory)) {
      AdminClient admin = ((Banyan.Run) side.running()).admin();
      int played = 0;
      for (Session session : plan.sessions()) {
        play(session, side);
        if (++played % AT_ONCE == 0) {
          settle(admin);
        }
      }
      settle(admin);
      JsonNode path = admin.get("/api/v1/path");
      System.out.println(mode + ": " + path.toPrettyString());
      assertThat(path.at("/parity/mismatched").asLong())
          .as(admin.get("/api/v1/path/clusters").toPrettyString())
          .isZero();
      assertThat(path.path("notMeasured").toString()).doesNotContain("failed", "noted");
      assertThat(path.at("/parity/matched").asLong()).isGreaterThan(REQUESTS / 2);
    }
  }

  private static void settle(AdminClient admin) {
    await()
        .atMost(PATIENCE)
        .until(() -> admin.get("/api/v1/status").at("/shadow/unfinished").asLong(1) == 0);
  }

  private static void play(Session session, Side side) throws IOException {
    List<Exchange> rest = new ArrayList<>(session.exchanges());
    while (!rest.isEmpty()) {
      try (RawClient client = RawClient.connect(side.address(), PATIENCE)) {
        boolean open = true;
        while (open && !rest.isEmpty()) {
          Exchange one = rest.removeFirst();
          open = !client.exchange(one.bytes(), one.method()).closed();
        }
      }
    }
  }
}
