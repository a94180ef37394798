package dev.banyan.it.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.it.edge.AdminClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PlantedDifferencesTest {
  private static final int BATCH = 50;
  private static final int MOST = 5_000;

  /** Each plant, and the place where the first mismatch has to be. */
  private static final Map<String, String> PLANTS = plants();

  /**
   * A port that is right gives no alarm; log lines aren't compared, which is said and not hidden.
   */
  private static final Map<String, Integer> QUIET = Map.of("right", 2_000, "log_line", BATCH);

  @TempDir Path folder;

  private static Map<String, String> plants() {
    Map<String, String> plants = new LinkedHashMap<>();
    plants.put("status", "decision");
    plants.put("header_value", "effects.response header x-mode[*]");
    plants.put("multi_value", "effects.response header x-hop[*]");
    plants.put("missing_header", "effects.response header x-hop");
    plants.put("chunk", "effects.chunk");
    plants.put("float", "results[*]");
    plants.put("time_zone", "results[*]");
    plants.put("limiter", "results[*]");
    plants.put("wrong_error", "error");
    plants.put("nil_err", "error");
    plants.put("expiry", "effects.world");
    plants.put("one_tenant", "results[*]");
    plants.put("one_in_5000", "results[*]");
    plants.put("second_result", "results[*]");
    plants.put("truncated", "results[*]");
    plants.put("upper", "results[*]");
    plants.put("space", "results[*]");
    plants.put("type", "results[*]");
    plants.put("order", "results[*][*]");
    plants.put("encoding", "results[*]");
    plants.put("ctx", "effects.ctx user");
    return plants;
  }

  @Test
  void eachPlantedDifferenceIsFoundAndARightPortGivesNoAlarm()
      throws IOException, InterruptedException {
    try (PlantedEdge edge = PlantedEdge.start(folder, "")) {
      AdminClient admin = edge.admin();
      for (Map.Entry<String, Integer> quiet : QUIET.entrySet()) {
        for (int n = 1; n <= quiet.getValue(); n++) {
          edge.ask(quiet.getKey(), n);
        }
      }
      edge.settle();
      JsonNode parity = admin.get("/api/v1/modules/planted").path("parity");
      assertThat(parity.path("mismatched").asLong() + parity.path("broken").asLong()).isZero();
      assertThat(parity.path("matched").asLong()).isEqualTo(2_000 + BATCH);

      StringBuilder report = new StringBuilder("planted differences, found at request\n");
      for (Map.Entry<String, String> plant : PLANTS.entrySet()) {
        int first = hunt(edge, plant.getKey());
        report.append("  %-16s %,d%n".formatted(plant.getKey(), first));
        assertThat(place(edge, plant.getKey())).as(plant.getKey()).isEqualTo(plant.getValue());
      }
      System.out.println(report);
    }
  }

  /** Asks until a mismatch of this plant is there; the number of the request that it was. */
  private static int hunt(PlantedEdge edge, String plant) throws IOException, InterruptedException {
    for (int sent = 0; sent < MOST; sent += BATCH) {
      for (int n = sent + 1; n <= sent + BATCH; n++) {
        edge.ask(plant, n);
      }
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
        String n = uri.replaceAll(".*[?&]n=(\\d+)&.*", "$1");
        first = Math.min(first, Integer.parseInt(n));
      }
    }
    return first;
  }

  private static String place(PlantedEdge edge, String plant) {
    JsonNode cluster = Objects.requireNonNull(edge.cluster(plant), plant);
    return cluster.path("places").path(0).path("place").asString();
  }
}
