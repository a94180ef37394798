package dev.banyan.it.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.cli.Banyan;
import dev.banyan.host.BoundPort;
import dev.banyan.host.ModuleHost;
import dev.banyan.vectors.ReplayRun;
import dev.banyan.vectors.ReplayRun.Declines;
import dev.banyan.vectors.VectorFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReproducersTest {
  /** What is planted, and the request at which it is to be seen. */
  private static final Map<String, Integer> PLANTS = plants();

  @TempDir Path folder;

  private static Map<String, Integer> plants() {
    Map<String, Integer> plants = new LinkedHashMap<>();
    List.of(
            "status",
            "header_value",
            "multi_value",
            "missing_header",
            "float",
            "time_zone",
            "wrong_error",
            "nil_err",
            "second_result",
            "upper",
            "space",
            "type",
            "order",
            "encoding",
            "ctx",
            "expiry")
        .forEach(plant -> plants.put(plant, 3));
    plants.put("limiter", 25);
    plants.put("one_tenant", 37);
    plants.put("one_in_5000", 4_321);
    plants.put("truncated", 150);
    plants.put("chunk", 60);
    return plants;
  }

  /** Asks until a call of it is kept, which none can be before the first has differed. */
  private static void keep(PlantedEdge edge, String plant, int n)
      throws IOException, InterruptedException {
    if (plant.equals("limiter")) { // it differs once only, at its 25th call
      Thread.sleep(Duration.ofMillis(1_100));
      for (int i = 1; i < n; i++) {
        edge.ask(plant, i);
      }
      Thread.sleep(Duration.ofMillis(1_100));
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          edge.ask(plant, n);
          edge.settle();
          JsonNode cluster = Objects.requireNonNull(edge.cluster(plant), plant);
          return !cluster.at("/reproducer/state").asString().equals("awaited");
        });
  }

  private JsonNode reproduce(PlantedEdge edge, String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> words =
        new java.util.ArrayList<>(
            List.of(
                "reproduce",
                PlantedEdge.MODULE,
                "--config",
                folder.resolve("banyan.yaml").toString(),
                "--admin",
                edge.adminUrl(),
                "--json"));
    words.addAll(List.of(more));
    Banyan.run(
        new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
    assertThat(err.toString()).isEmpty();
    return new JsonMapper().readTree(out.toString());
  }

  @Test
  void eachPlantedDifferenceIsShownAgainSmallerAndKeptAsAFailingTest() throws Exception {
    Path kept = folder.resolve("kept");
    try (PlantedEdge edge = PlantedEdge.start(folder, "")) {
      for (Map.Entry<String, Integer> plant : PLANTS.entrySet()) {
        keep(edge, plant.getKey(), plant.getValue());
      }
      JsonNode told = reproduce(edge, "--save", "--to", kept.toString());
      System.out.println(report(told));
      for (JsonNode one : told.path("clusters")) {
        String what = one.path("cause").asString();
        if (what.startsWith("chunk: ")) {
          assertThat(one.path("result").asString()).as(what).isEqualTo("not reproduced");
          assertThat(one.path("hidden").toString()).contains("request.chunk");
        } else {
          assertThat(one.path("result").asString()).as(one.toString()).isEqualTo("reproduced");
          assertThat(one.path("after").asInt()).isLessThanOrEqualTo(one.path("before").asInt());
        }
      }
      assertThat(told.path("clusters").size()).isGreaterThanOrEqualTo(PLANTS.size());
      JsonNode shown = Objects.requireNonNull(edge.cluster("one_in_5000"));
      assertThat(shown.at("/reproducer/state").asString()).isEqualTo("shrunk");
      assertThat(shown.at("/reproducer/differences/0/path").asString()).isEqualTo("results[1]");
    }
    BoundPort port =
        Objects.requireNonNull(
            ModuleHost.load(List.of(folder.resolve("port.jar"))).port(PlantedEdge.MODULE));
    ReplayRun run = ReplayRun.of(port, VectorFolder.read(kept));
    assertThat(run.failures(Declines.FAIL)).hasSameSizeAs(run.results()).isNotEmpty();
  }

  private static String report(JsonNode told) {
    StringBuilder report = new StringBuilder("reproducers: cause, input before and after, tries\n");
    for (JsonNode one : told.path("clusters")) {
      report.append(
          "  %-70s %6d %6d %5d  %s%n"
              .formatted(
                  one.path("cause").asString(),
                  one.path("before").asInt(),
                  one.path("after").asInt(),
                  one.path("tries").asInt(),
                  one.path("reason").asString()));
    }
    return report.toString();
  }
}
