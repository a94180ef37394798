package dev.banyan.it.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.banyan.cli.Banyan;
import dev.banyan.it.process.FreePorts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Faults of whole requests, shown again without a server, made small, and kept for a duel. */
final class ReproducedRequestTest {
  private static final String FOLLOWED = "path-percent: 100";

  @TempDir Path folder;

  /** The clusters, once a request of each is kept. */
  private static JsonNode kept(PathEdge edge, int clusters) {
    await()
        .until(() -> {
          List<String> states =
              edge.admin()
                  .get("/api/v1/path/clusters")
                  .path("clusters")
                  .findValuesAsString("state");
          return states.size() == clusters && !states.contains("awaited");
        });
    return edge.admin().get("/api/v1/path/clusters").path("clusters");
  }

  @Test
  void theSmallestRequestOnWhichThePathsDifferIsFoundWithoutAskingAnybody() throws Exception {
    try (PathEdge edge = PathEdge.start(folder, FOLLOWED)) {
      edge.ask("/right/shop/list?page=2&who=eve&sort=price");
      kept(edge, 1);
      long marked = edge.logged("marked ");
      int received = edge.received();

      String page = edge.run("reproduce");
      System.out.println(page);

      assertThat(page)
          .contains("GET /right?who=eve HTTP/1.1", "upstream.header x-level[1]", "old path: 3")
          .doesNotContain("Accept-Language", "s3cr3t-of-the-user", "sort=price");
      assertThat(edge.received()).as("what the origin received").isEqualTo(received);
      assertThat(edge.logged("marked ")).as("the edge's log").isEqualTo(marked);
      assertThat(edge.ask("/count")).as("the edge's shared dict").isEqualTo("1");
      JsonNode shown = edge.admin().get("/api/v1/path/clusters").at("/clusters/0/reproducer");
      assertThat(shown.path("state").asString()).isEqualTo("shrunk");
      assertThat(shown.path("input").toString()).contains("GET /right?who=eve");
    }
  }

  @Test
  void eachClusterIsShownByARequestOfItsOwn() throws Exception {
    try (PathEdge edge = PathEdge.start(folder, FOLLOWED)) {
      edge.ask("/lacking?who=ann");
      edge.ask("/order?who=ann");
      edge.ask("/glue?who=ann");
      edge.ask("/profile?who=eve");
      kept(edge, 4);
      assertThat(edge.run("reproduce"))
          .contains("4 of 4 clusters reproduced", "GET /lacking HTTP", "GET /order", "GET /glue");
      assertThat(edge.run("reproduce", "--json")).contains("\"result\" : \"reproduced\"");
    }
  }

  @Test
  void whatIsSecretIsNotKeptAndABodyStandsHidden() throws Exception {
    try (PathEdge edge = PathEdge.start(folder, FOLLOWED)) {
      edge.ask("/right?who=eve&password=hunter2", BodyPublishers.ofString("card=4111111111111111"));
      String id = kept(edge, 1).at("/0/id").asString();
      String held = edge.admin().get("/api/v1/path/clusters/" + id + "/reproducer").toString();
      assertThat(held)
          .contains("\"state\":\"held\"", "[redacted, ", "request.headers authorization")
          .doesNotContain("s3cr3t-of-the-user", "hunter2", "4111111111111111");
      assertThat(edge.run("reproduce", "--cluster", id)).contains("/right?who=eve");
    }
  }

  @Test
  void aRequestThatNoMoreDiffersIsSaidToAgree() throws Exception {
    try (PathEdge edge = PathEdge.start(folder, FOLLOWED)) {
      edge.ask("/lacking?who=ann");
      kept(edge, 1);
      Path config = folder.resolve("banyan.yaml");
      String mended =
          Files.readString(config)
              .replace(
                  "location: /lacking, calls: [mark.first, mark.access]",
                  "location: /lacking, calls: [mark.first, mark.second, mark.access]");
      Files.writeString(config, mended);
      assertThatThrownBy(() -> edge.run("reproduce"))
          .hasMessageContaining("not reproduced: the paths agree on it here");
    }
  }

  @Test
  void aSavedRequestMakesADuelBetweenBothPathsDiffer() throws Exception {
    String suite;
    try (PathEdge edge = PathEdge.start(folder, FOLLOWED)) {
      edge.ask("/right?who=eve&page=2");
      kept(edge, 1);
      assertThat(edge.run("mismatches")).contains("one is kept whole: banyan reproduce --cluster");
      assertThat(edge.run("reproduce", "--save")).contains("saved: ", ".suite");
      try (var files = Files.list(folder.resolve("reproduced"))) {
        suite = files.findFirst().orElseThrow().toString();
      }
    }
    int oldOrigin = FreePorts.next();
    int newOrigin = FreePorts.next();
    try (PathEdge old = PathEdge.start(folder.resolve("old"), "lua", oldOrigin);
        PathEdge fresh = PathEdge.start(folder.resolve("new"), "java", newOrigin)) {
      StringWriter out = new StringWriter();
      int code =
          Banyan.run(
              new PrintWriter(out, true),
              new PrintWriter(out, true),
              List.of(
                      "duel",
                      "old=" + old.address(),
                      "new=" + fresh.address(),
                      "--origin-port",
                      oldOrigin + "," + newOrigin,
                      "--suite",
                      suite)
                  .toArray(String[]::new));
      System.out.println(out);
      assertThat(code).isEqualTo(1);
      assertThat(out.toString()).contains("x-level");
    }
  }
}
