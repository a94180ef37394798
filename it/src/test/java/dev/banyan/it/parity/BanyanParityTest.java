package dev.banyan.it.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.it.edge.AdminClient;
import dev.banyan.it.edge.Banyan;
import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.edge.RealNginx;
import dev.banyan.it.traffic.Kind;
import dev.banyan.it.traffic.Tenants;
import dev.banyan.it.traffic.TrafficPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Banyan against the real nginx: what users get and what the origins receive is the same.
 *
 * <p>One thing may differ: the framing towards the origin of a chunked upload that arrives in more
 * than one piece. Both servers announce a length when the whole body was there in time, and which
 * uploads are is a matter of the socket's timing.
 */
final class BanyanParityTest {
  private static final long SEED = 20261124;
  private static final int REQUESTS = 1_500;
  private static final int UPLOADS_IN_PIECES = 12;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"lua", "java", "shadow"})
  void banyanAnswersAsTheRealNginxDoes(String mode) throws IOException {
    alike(Banyan.withPorts(mode), _ -> {});
  }

  @Test
  void allPortsTogetherAnswerAsTheRealNginxDoesAndLuaIsNeverAskedInstead() throws IOException {
    alike(Banyan.withAllPorts("java"), BanyanParityTest::javaAloneAnswered);
  }

  @Test
  void requestsThatAreServedWithoutLuaAnswerAsTheRealNginxDoes() throws IOException {
    alike(
        Banyan.withoutLua(),
        banyan -> {
          javaAloneAnswered(banyan);
          onlyContentInLuaWasLuas(banyan);
        });
  }

  @Test
  void allPortsTogetherInShadowLeaveTheAnswersToLua() throws IOException {
    alike(Banyan.withAllPorts("shadow"), BanyanParityTest::candidatesAgreed);
  }

  private void alike(Banyan server, Consumer<Side> afterwards) throws IOException {
    TrafficPlan plan = TrafficPlan.mixed(Tenants.read(LegacyCopy.source()), SEED, REQUESTS);
    try (Side nginx = Side.start(RealNginx.choose(), directory.resolve("nginx"));
        Side banyan = Side.start(server, directory.resolve("banyan"))) {
      DuelReport report = new Duel(nginx, banyan).play(plan);
      System.out.println("nginx against " + server.name() + ": " + report);
      assertThat(report.differences()).allMatch(BanyanParityTest::chunkedUpload);
      assertThat(report.differences().stream().map(Difference::exchange).distinct())
          .hasSizeLessThanOrEqualTo(UPLOADS_IN_PIECES);
      assertThat(report.exchanges()).isGreaterThanOrEqualTo(REQUESTS);
      afterwards.accept(banyan);
    }
  }

  private static void javaAloneAnswered(Side banyan) {
    for (String module : Banyan.MODULES) {
      JsonNode figures = admin(banyan).get("/api/v1/modules/" + module);
      System.out.println(
          module
              + ": "
              + figures.get("javaCalls")
              + " calls, "
              + figures.get("luaCalls")
              + " by Lua");
      assertThat(figures.get("javaCalls").asLong()).as(module + " in Java").isPositive();
      assertThat(figures.get("fallbackTotal").asLong())
          .as(module + " fell back: " + figures.get("fallbacks"))
          .isZero();
    }
  }

  /** The legacy has a few pages that it makes in Lua; nothing else of the traffic enters it. */
  private static void onlyContentInLuaWasLuas(Side banyan) {
    JsonNode paths = admin(banyan).get("/api/v1/status").get("paths");
    System.out.println(paths);
    for (JsonNode one : paths.get("reasons")) {
      assertThat(one.get("reason").asString())
          .matches("no pipeline for content_by_lua of location .*|the client asks for an upgrade");
    }
    long without = paths.get("withoutLua").asLong();
    assertThat(without).isGreaterThan(REQUESTS * 3 / 4);
    assertThat(without + paths.get("inLua").asLong()).isGreaterThanOrEqualTo(REQUESTS);
  }

  private static void candidatesAgreed(Side banyan) {
    for (String module : Banyan.MODULES) {
      JsonNode figures = admin(banyan).get("/api/v1/modules/" + module);
      long matched = figures.get("parity").get("matched").asLong();
      System.out.println(module + ": " + matched + " matched, " + figures.get("skips"));
      assertThat(matched).as(module + " in shadow").isPositive();
      assertThat(figures.get("parity").get("mismatched").asLong())
          .as(module + ": " + admin(banyan).get("/api/v1/modules/" + module + "/mismatches"))
          .isZero();
      assertThat(figures.get("parity").get("broken").asLong())
          .as(module + ": " + figures.get("breakages"))
          .isZero();
    }
  }

  private static AdminClient admin(Side side) {
    return ((Banyan.Run) side.running()).admin();
  }

  private static boolean chunkedUpload(Difference difference) {
    return difference.exchange().kind() == Kind.BODY
        && new String(difference.exchange().bytes(), StandardCharsets.ISO_8859_1)
            .contains("Transfer-Encoding: chunked");
  }
}
