package dev.banyan.it.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.cli.Banyan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class NoiseTest {
  private static final int CALLS = 400;

  /** What answers as itself when it is given the same call in the same world. */
  private static final List<String> STEADY =
      List.of("right", "limiter", "expiry", "wrong_error", "time_zone", "status", "multi_value");

  @TempDir Path folder;

  private static JsonNode noise(PlantedEdge edge) {
    return edge.admin().get("/api/v1/modules/planted/noise");
  }

  private static void ask(PlantedEdge edge, String plant) throws Exception {
    for (int n = 1; n <= CALLS; n++) {
      edge.ask(plant, n);
    }
    edge.settle();
  }

  @Test
  void luaIsComparedWithItselfAndAMismatchOnANoisyPlaceIsMarkedAndCounted() throws Exception {
    try (PlantedEdge edge = PlantedEdge.start(folder, "noise-percent: 10")) {
      await() // the second machine is there
          .until(() -> {
            ask(edge, STEADY.getFirst());
            return noise(edge).path("measured").asInt() > 0;
          });
      for (String plant : STEADY) {
        ask(edge, plant);
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> noise(edge).path("measured").asInt() > STEADY.size() * CALLS / 20);
      assertThat(noise(edge).path("differed").asInt()).as(noise(edge).toString()).isZero();
      assertThat(noise(edge).path("unmeasured").properties()).as("unmeasured").isEmpty();

      ask(edge, "address");
      await().atMost(Duration.ofSeconds(60)).until(() -> noise(edge).path("differed").asInt() > 0);
      JsonNode place = noise(edge).path("places").path(0);
      assertThat(place.path("function").asString()).isEqualTo("address");
      assertThat(place.path("place").asString()).isEqualTo("results[*]");

      JsonNode cluster = Objects.requireNonNull(edge.cluster("address"));
      assertThat(cluster.path("noisy").asBoolean()).isTrue();
      assertThat(cluster.path("count").asInt()).isGreaterThan(CALLS / 2);
      assertThat(Objects.requireNonNull(edge.cluster("status")).path("noisy").asBoolean())
          .isFalse();
      assertThat(page(edge))
          .contains("NOISE: Lua differs from itself there")
          .contains("address  results[*]");
    }
  }

  private String page(PlantedEdge edge) {
    StringWriter out = new StringWriter();
    int code =
        Banyan.run(
            new PrintWriter(out, true),
            new PrintWriter(out, true),
            "parity",
            "planted",
            "--config",
            folder.resolve("banyan.yaml").toString(),
            "--admin",
            edge.adminUrl());
    assertThat(code).as(out.toString()).isZero();
    System.out.println(out);
    return out.toString();
  }

  @Test
  void nothingIsAnsweredTwiceUnlessItIsAskedFor() throws Exception {
    try (PlantedEdge edge = PlantedEdge.start(folder, "")) {
      ask(edge, "address");
      assertThat(noise(edge).path("measured").asInt()).isZero();
      assertThat(page(edge)).contains("noise: not measured (parity.noise-percent)");
    }
  }
}
