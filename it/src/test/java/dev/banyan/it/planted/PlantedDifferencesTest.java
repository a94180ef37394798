package dev.banyan.it.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.cli.Banyan;
import dev.banyan.host.BoundPort;
import dev.banyan.host.ModuleHost;
import dev.banyan.it.edge.AdminClient;
import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.vectors.ReplayRun;
import dev.banyan.vectors.ReplayRun.Declines;
import dev.banyan.vectors.VectorFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlantedDifferencesTest {
  private static final int BATCH = 50;
  private static final int MOST_AT_ONCE = 2_000;
  private static final int MOST = 50_000;
  private static final int CORRECT = 2_000;
  private static final String COMMAND =
      "mvn -pl it -am test -Dtest=PlantedDifferencesTest -Dgolden.update"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  @TempDir Path folder;

  @Test
  void eachIsFoundShownAgainSmallerAndKeptAsAFailingTestAndARightPortGivesNoAlarm()
      throws Exception {
    Path kept = folder.resolve("kept");
    Map<String, Integer> found = new LinkedHashMap<>();
    Map<String, JsonNode> shown = new LinkedHashMap<>();
    try (PlantedEdge edge = PlantedEdge.start(folder, "")) {
      aRightPortGivesNoAlarm(edge);
      for (Plant plant : Plant.ALL) {
        found.put(plant.name(), hunt(edge, plant.name()));
        JsonNode cluster = Objects.requireNonNull(edge.cluster(plant.name()), plant.name());
        assertThat(cluster.path("places").path(0).path("place").asString())
            .as(plant.name())
            .isEqualTo(plant.place());
      }
      for (Plant plant : Plant.ALL) {
        int first = Objects.requireNonNull(found.get(plant.name()));
        keep(edge, plant.name(), plant.again() > 0 ? plant.again() : first);
      }
      for (JsonNode one : reproduce(edge, "--save", "--to", kept.toString()).path("clusters")) {
        shown.put(one.path("cause").asString().split(":", 2)[0], one);
      }
      shown.forEach(PlantedDifferencesTest::isSmaller);
      JsonNode rare = Objects.requireNonNull(edge.cluster("one_in_50000"));
      assertThat(rare.at("/reproducer/state").asString()).isEqualTo("shrunk");
      assertThat(rare.at("/reproducer/differences/0/path").asString()).isEqualTo("results[1]");
    }
    BoundPort port =
        Objects.requireNonNull(
            ModuleHost.load(List.of(folder.resolve("port.jar"))).port(PlantedEdge.MODULE));
    ReplayRun run = ReplayRun.of(port, VectorFolder.read(kept));
    assertThat(run.failures(Declines.FAIL)).hasSameSizeAs(run.results()).isNotEmpty();
    theTableIsWhatWasFound(found, shown);
  }

  private static void aRightPortGivesNoAlarm(PlantedEdge edge) throws IOException {
    edge.ask("right", 1, CORRECT);
    edge.ask("right_header", 1, BATCH);
    edge.settle();
    JsonNode parity = edge.admin().get("/api/v1/modules/planted").path("parity");
    assertThat(parity.path("mismatched").asLong() + parity.path("broken").asLong()).isZero();
    assertThat(parity.path("matched").asLong()).isEqualTo(CORRECT + BATCH);
  }

  /** Asks until a mismatch of this plant is there; the number of the request that it was. */
  private static int hunt(PlantedEdge edge, String plant) throws IOException {
    int batch = BATCH;
    for (int sent = 0; sent < MOST; sent += batch, batch = Math.min(2 * batch, MOST_AT_ONCE)) {
      edge.ask(plant, sent + 1, sent + batch);
      edge.settle();
      if (edge.cluster(plant) != null) {
        return firstOf(edge.admin(), plant);
      }
    }
    throw new AssertionError(plant + " was not found in " + MOST + " requests");
  }

  private static int firstOf(AdminClient admin, String plant) {
    int first = Integer.MAX_VALUE;
    for (JsonNode one :
        admin.get("/api/v1/modules/planted/mismatches?limit=1000").path("mismatches")) {
      if (one.path("function").asString().equals(plant)) {
        String uri = one.path("request").path("request_uri").asString();
        first = Math.min(first, Integer.parseInt(uri.replaceAll(".*[?&]n=(\\d+)&.*", "$1")));
      }
    }
    return first;
  }

  /** Asks until a call of it is kept, which none can be before the first has differed. */
  private static void keep(PlantedEdge edge, String plant, int n) {
    await(plant)
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          edge.ask(plant, plant.equals("limiter") ? 1 : n, plant.equals("limiter") ? BATCH : n);
          edge.settle();
          JsonNode cluster = Objects.requireNonNull(edge.cluster(plant), plant);
          return !cluster.at("/reproducer/state").asString().equals("awaited");
        });
  }

  private JsonNode reproduce(PlantedEdge edge, String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> words =
        new ArrayList<>(
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

  private static void isSmaller(String plant, JsonNode one) {
    if (plant.equals("chunk")) {
      assertThat(one.path("result").asString()).as(plant).isEqualTo("not reproduced");
      assertThat(one.path("hidden").toString()).contains("request.chunk");
    } else {
      assertThat(one.path("result").asString()).as(one.toString()).isEqualTo("reproduced");
      assertThat(one.path("after").asInt()).isLessThanOrEqualTo(one.path("before").asInt());
    }
  }

  private static void theTableIsWhatWasFound(
      Map<String, Integer> found, Map<String, JsonNode> shown) throws IOException {
    Path page = LegacyCopy.source().resolveSibling("docs").resolve("planted-differences.md");
    String text = PlantedTable.text(found, shown, CORRECT + BATCH);
    if (System.getProperty("golden.update") != null) {
      Files.writeString(page, text);
    }
    assertThat(lasting(Files.exists(page) ? Files.readString(page) : ""))
        .as("docs/planted-differences.md is stale: run " + COMMAND)
        .isEqualTo(lasting(text));
  }

  /** What every run finds: which of the calls that differ is made smaller is one run's affair. */
  private static String lasting(String page) {
    return page.lines()
        .map(line -> line.startsWith("| ") ? line.replaceFirst("^((\\|[^|]*){3}).*", "$1") : line)
        .collect(Collectors.joining("\n"));
  }
}
