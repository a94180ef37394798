package dev.banyan.it.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Differences that leave hardly a trace: each is asked for rightly first, where nothing may be
 * told, and then wrongly, where the next shadowed call has to tell.
 */
class SubtleDifferencesTest {
  private static final List<String> CALLS =
      List.of(
          "hole",
          "sparse",
          "zero_key",
          "negative_key",
          "fraction_key",
          "boolean_key",
          "text_key",
          "minus_zero",
          "not_a_number",
          "infinity",
          "deep",
          "long",
          "nul",
          "octets",
          "exponent",
          "number_text",
          "nothing",
          "no",
          "last_nil",
          "one_in_777",
          "counter",
          "lifetime",
          "add",
          "type_in_dict",
          "after_error");
  private static final List<String> ACCESS =
      List.of(
          "cookies",
          "removed",
          "ctx_below",
          "ctx_sparse",
          "arguments_order",
          "request_header",
          "redirect",
          "line",
          "on_head",
          "on_old");

  /**
   * Not told: a caller that assigns results sees nil where there is none, and both remove a field.
   */
  private static final List<String> ALIKE = List.of("nothing", "last_nil", "removed");

  private static final int RARE = 776;
  private static final int TURNS = 6;

  @TempDir Path folder;

  private static String request(
      String method, String path, String plant, int n, int wrong, String version) {
    return "%s /%s?f=%s&n=%d&w=%d&tenant=t%d HTTP/1.%s\r\nHost: planted\r\nConnection: close\r\n\r\n"
        .formatted(method, path, plant, n, wrong, n % 20, version);
  }

  private static void ask(PlantedEdge edge, String plant, int n, int wrong) throws IOException {
    String path =
        CALLS.contains(plant)
            ? "call"
            : ACCESS.contains(plant) ? "access" : plant.equals("status") ? "head" : "chunk";
    String method = plant.equals("on_head") ? "HEAD" : "GET";
    String version = plant.equals("on_old") ? "0" : "1";
    assertThat(edge.send(request(method, path, plant, n, wrong, version))).startsWith("HTTP/1.1 ");
  }

  private static JsonNode told(PlantedEdge edge) {
    return edge.admin().get("/api/v1/modules/planted/clusters").path("clusters");
  }

  @Test
  void eachIsToldAndNoneThatIsNot() throws Exception {
    List<String> all = new ArrayList<>(CALLS);
    all.addAll(ACCESS);
    all.addAll(List.of("status", "last_piece"));
    List<String> missed = new ArrayList<>();
    try (PlantedEdge edge = PlantedEdge.start(folder, "", "subtle.lua", "subtle.conf", "Subtle")) {
      for (String plant : all) {
        for (int n = 1; n <= TURNS; n++) {
          ask(edge, plant, n, 0);
        }
      }
      edge.settle();
      JsonNode parity = edge.admin().get("/api/v1/modules/planted").path("parity");
      assertThat(told(edge)).as("told of a right port").isEmpty();
      assertThat(parity.path("matched").asInt())
          .as(parity.toString())
          .isGreaterThanOrEqualTo(all.size() * TURNS);
      for (String plant : all) {
        ask(edge, plant, RARE, 1);
        edge.settle();
        JsonNode cluster = edge.cluster(plant);
        if (cluster == null) {
          missed.add(plant);
        }
      }
    }
    assertThat(missed).isEqualTo(ALIKE);
  }
}
