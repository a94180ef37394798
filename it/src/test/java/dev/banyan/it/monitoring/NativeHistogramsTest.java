package dev.banyan.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeHistogramsTest {
  private static final String PROTOBUF =
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,"
          + "text/plain;version=0.0.4;q=0.2";

  @TempDir Path folder;

  @Test
  void scrapersOfProtobufGetTheCallsInFineBucketsAndThoseOfTextInClassicOnes() throws Exception {
    try (WatchedEdge edge = WatchedEdge.start(folder, "")) {
      for (int i = 0; i < 20; i++) {
        edge.ask("/users/" + i);
      }
      HttpResponse<byte[]> scrape = edge.scrape(PROTOBUF);
      assertThat(scrape.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/vnd.google.protobuf");
      Map<Integer, Long> buckets =
          NativeHistograms.of(scrape.body(), "banyan_call_seconds", "mark", "lua");
      assertThat(buckets.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(20);
      // from 100 ns to a minute, the range that is recorded
      assertThat(buckets.keySet()).allMatch(index -> index >= -186 && index <= 48);

      String text = new String(edge.scrape("text/plain").body(), StandardCharsets.UTF_8);
      assertThat(text)
          .contains("banyan_call_seconds_bucket{module=\"mark\",path=\"lua\",le=\"+Inf\"} 20")
          .contains("banyan_call_seconds_count{module=\"mark\",path=\"lua\"} 20");
    }
  }
}
