package dev.banyan.it.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.cli.Banyan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class UnreachedLinesTest {
  @TempDir Path folder;

  private static JsonNode lines(PlantedEdge edge) {
    return edge.admin().get("/api/v1/modules/planted/lines");
  }

  private static List<String> missing(PlantedEdge edge) {
    List<String> texts = new ArrayList<>();
    lines(edge).path("missing").forEach(one -> texts.add(one.path("text").asString()));
    return texts;
  }

  private String run(PlantedEdge edge, String... words) {
    StringWriter out = new StringWriter();
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", folder.resolve("banyan.yaml").toString()));
    all.addAll(List.of("--admin", edge.adminUrl()));
    int code =
        Banyan.run(
            new PrintWriter(out, true), new PrintWriter(out, true), all.toArray(String[]::new));
    assertThat(code).as(out.toString()).isZero();
    return out.toString();
  }

  @Test
  void linesThatNoShadowedCallHasReachedAreNamedAndWarnedOfBeforeJavaAnswers() throws Exception {
    try (PlantedEdge edge = PlantedEdge.start(folder, "")) {
      edge.ask("right", 1);
      edge.settle();
      await().atMost(Duration.ofSeconds(20)).until(() -> !missing(edge).contains(""));
      assertThat(missing(edge))
          .noneMatch(text -> text.startsWith("function m.right("))
          .anyMatch(text -> text.startsWith("function m.status("))
          .anyMatch(text -> text.startsWith("local count = ngx.shared"));
      edge.ask("limiter", 1);
      assertThat(missing(edge)).noneMatch(text -> text.startsWith("local count = ngx.shared"));

      assertThat(run(edge, "parity", "planted"))
          .contains("lines of planted.lua", "never ", "function m.status()");
      assertThat(run(edge, "flag", "planted", "java", "--why", "to see", "--who", "ann"))
          .containsPattern("note: \\d+ of \\d+ lines of its Lua were reached by no shadowed call");
      assertThat(run(edge, "flag", "planted", "lua", "--why", "to see", "--who", "ann"))
          .doesNotContain("note:");
    }
  }

  @Test
  void aRecordingInBetweenTakesNothingAway() throws Exception {
    try (PlantedEdge edge = PlantedEdge.start(folder, "")) {
      edge.ask("right", 1);
      int before = lines(edge).path("reached").asInt();
      assertThat(before).isPositive();
      String vectors = folder.resolve("vectors").toString();
      try (PlantedTraffic _ = new PlantedTraffic(edge, "float")) {
        run(edge, "learn", "planted", "--seconds", "2", "--vectors", vectors);
      }
      assertThat(lines(edge).path("reached").asInt()).isGreaterThanOrEqualTo(before);
      edge.ask("space", 1);
      assertThat(lines(edge).path("reached").asInt()).isGreaterThan(before);
    }
  }

  @Test
  void nothingIsNotedWhenItIsSwitchedOff() throws Exception {
    try (PlantedEdge edge = PlantedEdge.start(folder, "line-coverage: false")) {
      edge.ask("right", 1);
      edge.settle();
      assertThat(lines(edge).path("all").asInt()).isZero();
      assertThat(run(edge, "parity", "planted")).contains("no shadowed call has run any line");
    }
  }
}
