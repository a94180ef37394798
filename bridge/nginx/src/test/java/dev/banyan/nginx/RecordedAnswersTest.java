package dev.banyan.nginx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers the requests of {@code recorded/NAME.requests} by the configuration {@code NAME.conf} and
 * expects what a real nginx answered, which {@code -Dgolden.update} writes anew.
 */
final class RecordedAnswersTest {
  private static final Path RECORDED = Path.of("src/test/resources/dev/banyan/nginx/recorded");

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "locations",
        "nested",
        "names",
        "default-server",
        "maps",
        "geo",
        "split",
        "uris",
        "uris-unmerged",
        "rewrites",
        "methods"
      })
  void everyRequestIsAnsweredAsByNginx(String name) throws IOException, InterruptedException {
    Path requests = RECORDED.resolve(name + ".requests");
    List<Exchange> exchanges =
        Files.readAllLines(requests, ISO_8859_1).stream().map(Exchange::parse).toList();
    int port = RealNginx.freePort();
    Path conf = folder.resolve("nginx.conf");
    Files.writeString(
        conf, Files.readString(RECORDED.resolve(name + ".conf")).replace("PORT", "" + port));
    if (System.getProperty("golden.update") != null) {
      exchanges = record(conf, port, exchanges);
      Files.write(requests, exchanges.stream().map(Exchange::toString).toList(), ISO_8859_1);
    }
    ConfServer server = new ConfServer(NginxConf.load(conf, folder));
    assertThat(exchanges.stream().map(e -> e.answered(server.answer(e))).toList())
        .containsExactlyElementsOf(exchanges);
  }

  private static List<Exchange> record(Path conf, int port, List<Exchange> exchanges)
      throws IOException, InterruptedException {
    try (RealNginx nginx = RealNginx.serve(conf, port)) {
      return exchanges.stream().map(exchange -> answered(nginx, exchange)).toList();
    }
  }

  private static Exchange answered(RealNginx nginx, Exchange exchange) {
    try {
      return exchange.answered(Exchange.answer(nginx.exchange(exchange)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
