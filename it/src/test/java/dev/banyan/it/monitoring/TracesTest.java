package dev.banyan.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.it.monitoring.Collector.Span;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long SERVER = 2;
  private static final long CLIENT = 3;

  @TempDir Path folder;

  private static Span one(List<Span> spans, String name, long kind) {
    return spans.stream()
        .filter(span -> span.name().equals(name) && (kind == 0 || span.kind() == kind))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not among " + spans));
  }

  @Test
  void aRequestItsCallsAndTheUpstreamAreOneTraceAndTheCandidateOneOfItsOwnLinkedToTheCall()
      throws Exception {
    try (Collector collector = Collector.start();
        WatchedEdge edge =
            WatchedEdge.start(
                folder,
                "traces: {endpoint: \"%s\", sample-percent: 0, propagate: true}"
                    .formatted(collector.endpoint()))) {
      edge.ask("/users/1?q=1"); // not traced: none of the callers asked, and of others no share is
      edge.ask("/users/2", "traceparent", "00-" + TRACE + "-" + CALLER + "-00");
      edge.ask("/users/3?q=1", "traceparent", "00-" + TRACE + "-" + CALLER + "-01");
      await().atMost(PATIENCE).until(() -> collector.spans().size() >= 4);

      List<Span> spans = collector.spans();
      assertThat(spans).hasSize(4);
      Span request = one(spans, "GET /users/", SERVER);
      assertThat(request.trace()).isEqualTo(TRACE);
      assertThat(request.parent()).isEqualTo(CALLER);
      assertThat(request.attributes())
          .containsEntry("http.response.status_code", "200")
          .containsEntry("http.route", "/users/")
          .containsEntry("url.path", "/users/3")
          .containsEntry("banyan.path", "old");
      Span call = one(spans, "mark.access", 0);
      assertThat(call.trace()).isEqualTo(TRACE);
      assertThat(call.parent()).isEqualTo(request.id());
      assertThat(call.attributes()).containsEntry("banyan.by", "lua");
      assertThat(call.nanos()).isPositive().isLessThan(request.nanos());
      Span upstream = one(spans, "GET", CLIENT);
      assertThat(upstream.parent()).isEqualTo(request.id());
      assertThat(upstream.attributes()).containsEntry("http.response.status_code", "200");
      Span candidate = one(spans, "shadow mark.access", 0);
      assertThat(candidate.trace()).isNotEqualTo(TRACE);
      assertThat(candidate.parent()).isEmpty();
      assertThat(candidate.link()).isEqualTo(call.id());
      assertThat(candidate.attributes()).containsEntry("banyan.verdict", "matched");

      assertThat(edge.parents())
          .containsExactly(
              List.of(),
              List.of("00-" + TRACE + "-" + CALLER + "-00"),
              List.of("00-" + TRACE + "-" + upstream.id() + "-01"));
      await()
          .atMost(PATIENCE)
          .until(() ->
              new String(edge.scrape("text/plain").body(), StandardCharsets.UTF_8)
                  .contains("banyan_trace_spans_total{fate=\"exported\"} 4.0"));
    }
  }

  @Test
  void withoutASectionNothingIsTracedAndOriginsGetWhatTheClientSent() throws Exception {
    try (WatchedEdge edge = WatchedEdge.start(folder, "")) {
      edge.ask("/users/1");
      edge.ask("/users/2", "traceparent", "00-" + TRACE + "-" + CALLER + "-01");
      assertThat(edge.parents())
          .containsExactly(List.of(), List.of("00-" + TRACE + "-" + CALLER + "-01"));
    }
  }

  @Test
  void aCollectorThatDoesNotAnswerDelaysNobodyAndWhatFindsNoRoomIsCounted() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    try (Collector collector = Collector.start(open);
        WatchedEdge edge =
            WatchedEdge.start(
                folder,
                "traces: {endpoint: \"%s\", sample-percent: 100, queue: 20}"
                    .formatted(collector.endpoint()))) {
      long start = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        assertThat(edge.ask("/users/" + i)).isEqualTo(200);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
      assertThat(new String(edge.scrape("text/plain").body(), StandardCharsets.UTF_8))
          .contains("banyan_trace_spans_total{fate=\"exported\"} 0.0")
          .doesNotContain("banyan_trace_spans_total{fate=\"shed\"} 0.0");
      assertThat(edge.parents()).hasSize(50).allMatch(List::isEmpty);
      open.countDown();
      await().atMost(PATIENCE).until(() -> !collector.spans().isEmpty());
    }
  }
}
