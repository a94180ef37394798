package dev.banyan.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.router.parity.Observation;
import dev.banyan.router.parity.ShadowedCall;
import dev.banyan.router.parity.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the admin API says of mismatches and of parity by class. */
final class AdminParityTest {
  @TempDir Path folder;
  private AdminRoom room;

  @BeforeEach
  void open() throws IOException {
    room = AdminRoom.open(folder);
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void mismatchesShowBothAnswers() throws IOException, InterruptedException {
    room.waf.compare(
        new ShadowedCall("access", Map.of("uri", "/search"), Traffic.UNKNOWN),
        new Observation("next", List.of(), Map.of(), null),
        new Observation("respond 403", List.of(), Map.of(), null));

    assertThat(room.send(room.authorized("/api/v1/modules/edge.waf/mismatches?limit=5")).body())
        .contains("\"path\":\"decision\",\"lua\":\"next\",\"java\":\"respond 403\"")
        .contains("/search");
    assertThat(room.send(room.authorized("/api/v1/modules/edge.waf/clusters")).body())
        .contains("{\"place\":\"decision\",\"kind\":\"next → respond\",\"noisy\":false}")
        .contains("\"count\":1")
        .contains("/search");
    assertThat(room.send(room.authorized("/api/v1/modules/edge.waf")).body())
        .contains("\"mismatched\":1");
    assertThat(room.send(room.authorized("/api/v1/mismatches?limit=no")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void parityIsShownByClassOfTrafficTheWeakestFirst() throws IOException, InterruptedException {
    Observation next = new Observation("next", List.of(), Map.of(), null);
    for (String route : List.of("/", "/", "/", "/api/")) {
      Traffic traffic = new Traffic("gold", route, "GET", 0);
      room.waf.compare(new ShadowedCall("access", Map.of(), traffic), next, next);
    }

    assertThat(room.send(room.authorized("/api/v1/modules/edge.waf/classes")).body())
        .contains("\"unproven\":2")
        .containsSubsequence("access · gold · GET /api/ · next", "access · gold · GET / · next");
    assertThat(room.send(room.authorized("/api/v1/modules/edge.waf")).body())
        .contains("\"weakest\":\"access · gold · GET /api/ · next\"");
    assertThat(room.send(room.request("/metrics")).body())
        .contains("banyan_parity_proven{module=\"edge.waf\"} 0.0")
        .contains("banyan_parity_weakest_class_lower_bound_ratio{module=\"edge.waf\"} 0.20");
  }
}
