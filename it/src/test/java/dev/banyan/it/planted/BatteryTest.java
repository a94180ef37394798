package dev.banyan.it.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.cli.Banyan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BatteryTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();

  private int run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", folder.resolve("banyan.yaml").toString()));
    return Banyan.run(
        new PrintWriter(out, true), new PrintWriter(out, true), all.toArray(String[]::new));
  }

  private String learned(String... plants) throws Exception {
    String vectors = folder.resolve("vectors").toString();
    try (PlantedEdge edge = PlantedEdge.start(folder, "")) {
      edge.ask("right", 1);
      try (PlantedTraffic _ = new PlantedTraffic(edge, plants)) {
        int code =
            run(
                "learn",
                "planted",
                "--seconds",
                "2",
                "--vectors",
                vectors,
                "--admin",
                edge.adminUrl());
        assertThat(code).as(out.toString()).isZero();
      }
    }
    out.getBuffer().setLength(0);
    return vectors;
  }

  @Test
  void badInputsAreGivenToBothSidesAndHowTheyFailIsCompared() throws Exception {
    String vectors = learned("right", "truncated");
    int code = run("battery", "planted", "--vectors", vectors, "--json");

    JsonNode told = new JsonMapper().readTree(out.toString());
    assertThat(code).isEqualTo(1);
    assertThat(told.at("/inputs/malformed/both fail").asInt()).isPositive();
    assertThat(told.at("/inputs/oversized/given").asInt()).isPositive();
    assertThat(told.at("/inputs/late/alike").asInt()).isPositive();
    List<String> causes = new ArrayList<>();
    told.path("findings")
        .forEach(
            one -> causes.add(one.path("result").asString() + ": " + one.path("cause").asString()));
    assertThat(causes)
        .anyMatch(cause -> cause.startsWith("only port fails: truncated: threw"))
        .anyMatch(cause -> cause.startsWith("differ: truncated: results[*], one is longer"));

    out.getBuffer().setLength(0);
    run("battery", "planted", "--vectors", vectors);
    System.out.println(out);
    assertThat(out.toString())
        .contains("INPUT", "ONLY PORT FAILS", "first by vector", "expected, as Lua:");
  }
}
