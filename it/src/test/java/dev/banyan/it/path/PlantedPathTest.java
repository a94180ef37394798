package dev.banyan.it.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Faults that no single call shows, because each call is right on what Lua has left. */
final class PlantedPathTest {
  private static final int REQUESTS = 50;

  @TempDir Path folder;

  @Test
  void whatIsRightGivesNoAlarmAndLeavesNoTrace() throws Exception {
    try (PathEdge edge = PathEdge.start(folder, "path-percent: 100")) {
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(edge.ask("/right?who=ann&n=" + i)).isEqualTo("from the origin level 3");
        edge.ask("/right?who=bob&n=" + i);
        assertThat(edge.ask("/right?who=mallory")).isEqualTo("who are you?\n");
        edge.ask("/sometimes?mark=1");
      }
      JsonNode path = edge.path(4 * REQUESTS);
      assertThat(path.at("/parity/matched").asInt())
          .as(edge.causes().toString())
          .isEqualTo(4 * REQUESTS);
      assertThat(edge.received()).isEqualTo(3 * REQUESTS);
      assertThat(edge.logged("marked ")).isEqualTo(2 * REQUESTS);
      assertThat(edge.ask("/count")).isEqualTo(String.valueOf(2 * REQUESTS));
      edge.path(4 * REQUESTS + 1);
      assertThat(edge.metrics())
          .contains("banyan_path_verdicts_total{verdict=\"matched\"} " + 4.0 * REQUESTS)
          .contains("banyan_path_seconds_count{path=\"old\"} " + 4 * REQUESTS)
          .contains("banyan_path_seconds_count{path=\"dry\"} " + 4 * REQUESTS)
          .containsPattern("banyan_path_not_measured_total\\{reason=\"no pipeline for .*\"} 1.0");
    }
  }

  @Test
  void aPortThatReadsWhatAnotherPortWritesOtherwiseThanLuaIsFound() throws Exception {
    try (PathEdge edge = PathEdge.start(folder, "path-percent: 100")) {
      edge.ask("/right?who=eve");
      edge.path(1);
      assertThat(edge.causes())
          .contains("upstream.header x-level[*]", "upstream.header x-tier[*]", "response.body");
      for (String module : new String[] {"who", "mark"}) {
        assertThat(edge.admin().get("/api/v1/modules/" + module).at("/parity/mismatched").asInt())
            .as("call by call, " + module)
            .isZero();
      }
      String page = edge.run("parity");
      System.out.println(page);
      assertThat(page)
          .contains("the whole path", "compared 1: 0 agree, 1 differ", "upstream.header x-level");
      assertThat(edge.run("mismatches") + edge.admin().get("/api/v1/path/mismatches"))
          .contains("upstream.header x-level")
          .doesNotContain("s3cr3t-of-the-user");
    }
  }

  @Test
  void aPipelineThatLacksACallOrHasAnotherOrderIsFound() throws Exception {
    try (PathEdge edge = PathEdge.start(folder, "path-percent: 100")) {
      edge.ask("/lacking?who=ann");
      edge.path(1);
      assertThat(edge.causes()).contains("calls of access_by_lua[*]");
      edge.ask("/order?who=ann");
      edge.path(2);
      assertThat(edge.admin().get("/api/v1/path/mismatches").toString())
          .contains("mark.second", "\"path\":\"calls of access_by_lua[1]\"");
      edge.ask("/sometimes?who=ann");
      assertThat(edge.path(3).at("/parity/mismatched").asInt()).isEqualTo(3);
    }
  }

  @Test
  void luaBetweenTheCallsOfAHandlerIsFound() throws Exception {
    try (PathEdge edge = PathEdge.start(folder, "path-percent: 100")) {
      edge.ask("/glue?who=ann");
      edge.path(1);
      assertThat(edge.causes()).contains("upstream.header x-tenant", "response.header x-glue");
    }
  }

  @Test
  void jsonIsComparedByWhatItSaysAndItsContentIsHidden() throws Exception {
    try (PathEdge edge = PathEdge.start(folder, "path-percent: 100")) {
      assertThat(edge.ask("/profile?who=ann")).isEqualTo("{\"name\": \"ann\", \"level\": 3}\n");
      assertThat(edge.path(1).at("/parity/matched").asInt()).as(edge.causes().toString()).isOne();
      edge.ask("/profile?who=eve");
      edge.path(2);
      assertThat(edge.causes()).containsExactly("answer.body.level");
      assertThat(edge.admin().get("/api/v1/path/mismatches").at("/mismatches/0").toString())
          .contains("\"path\":\"answer.body.level\"", "[body, 1 octets, #");
    }
  }

  @Test
  void aRuleLetsAKnownDifferencePassAndIsCounted() throws Exception {
    String rule = "ignore: true, reason: the CDN sets it, until: 2099-01-31";
    try (PathEdge edge =
        PathEdge.start(
            folder,
            "path-percent: 100, path-rules: [{at: upstream.header x-tenant, "
                + rule
                + "}, {at: response.header x-glue, "
                + rule
                + "}]")) {
      edge.ask("/glue?who=ann");
      JsonNode path = edge.path(1);
      assertThat(path.at("/parity/ignored").asInt()).isEqualTo(1);
      assertThat(edge.run("rules")).contains("upstream.header x-tenant", "the CDN sets it");
    }
  }

  @Test
  void nothingIsFollowedUnlessItIsAskedFor() throws Exception {
    try (PathEdge edge = PathEdge.start(folder, "")) {
      edge.ask("/glue?who=ann");
      assertThat(edge.path(0).at("/parity/compared").asInt()).isZero();
      assertThat(edge.run("parity")).contains("not followed: set parity.path-percent");
    }
  }
}
