package dev.banyan.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.router.parity.Observation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scraper gets. */
final class AdminMetricsTest {
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
  void metricsNameWhatHappened() throws IOException, InterruptedException {
    room.waf.luaAnswered(1_000_000);
    room.waf.fellBack("threw NullPointerException");
    String metrics = room.send(room.request("/metrics")).body();
    assertThat(metrics)
        .contains("banyan_calls_total{module=\"edge.waf\",path=\"lua\"} 1.0")
        .contains(
            "banyan_fallbacks_total{module=\"edge.waf\",reason=\"threw NullPointerException\"} 1.0")
        .contains("banyan_samples_total{fate=\"dropped\"} 3.0")
        .contains("banyan_trace_spans_total{fate=\"shed\"} 2.0")
        .contains("banyan_requests_total{path=\"new\"} 1.0")
        .contains("banyan_requests_total{path=\"old\"} 2.0")
        .contains("banyan_in_lua_total{reason=\"edge.a is in Lua\"} 2.0")
        .contains("banyan_path_verdicts_total{verdict=\"skipped\"} 1.0")
        .contains("banyan_path_not_measured_total{reason=\"no pipeline for x\"} 1.0")
        .contains("banyan_module_mode{mode=\"lua\",module=\"edge.waf\"} 1.0");
    assertThat(MonitoringFiles.named()).isGreaterThan(15);
    assertThat(MonitoringFiles.unknown(metrics)).isEmpty();
  }

  @Test
  void countersGoOnWhereAPortOrTheLuaIsReplaced() throws IOException, InterruptedException {
    Observation answer = new Observation("next", List.of(), Map.of(), null);
    for (int i = 0; i < 2; i++) {
      room.waf.skipped("no room");
      room.waf.answeredTwice("access", answer, answer);
      room.waf.restartParity();
      room.waf.restartNoise();
    }
    assertThat(room.send(room.request("/metrics")).body())
        .contains("banyan_shadow_verdicts_total{module=\"edge.waf\",verdict=\"skipped\"} 2.0")
        .contains("banyan_noise_total{answer=\"same\",module=\"edge.waf\"} 2.0");
    assertThat(room.waf.snapshot().verdicts().skipped()).isZero();
  }

  @Test
  void timesAreHistogramsInTheFormatThatTheScraperAsksFor() throws Exception {
    for (int i = 0; i < 90; i++) {
      room.waf.luaAnswered(2_000_000);
    }
    for (int i = 0; i < 10; i++) {
      room.waf.luaAnswered(40_000_000);
    }
    assertThat(room.send(room.request("/metrics")).body())
        .contains("banyan_call_seconds_bucket{module=\"edge.waf\",path=\"lua\",le=\"0.001\"} 0")
        .contains("banyan_call_seconds_bucket{module=\"edge.waf\",path=\"lua\",le=\"0.0025\"} 90")
        .contains("banyan_call_seconds_bucket{module=\"edge.waf\",path=\"lua\",le=\"0.05\"} 100")
        .contains("banyan_call_seconds_count{module=\"edge.waf\",path=\"lua\"} 100");
    HttpResponse<byte[]> answer =
        room.client.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + room.server.address().getPort() + "/metrics"))
                .header(
                    "Accept",
                    "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                        + "encoding=delimited;q=0.6,text/plain;version=0.0.4;q=0.2")
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/vnd.google.protobuf");
  }
}
