package dev.banyan.it.duel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.duel.report.SummaryText;
import dev.banyan.duel.run.CaseSource;
import dev.banyan.duel.run.Report;
import dev.banyan.duel.suite.Case;
import dev.banyan.it.edge.Banyan;
import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.edge.RealNginx;
import dev.banyan.it.process.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, HTTP/2 and pipelining, between the real nginx and Banyan. */
final class ProtocolsTest {
  private static final int CASES = 400;

  @TempDir Path folder;
  private @Nullable Certificate certificate;

  private static List<Case> cases() {
    return Ring.suite().stream().filter(ProtocolsTest::fitsHttp2).limit(CASES).toList();
  }

  /**
   * HTTP/2 has no place for odd octets or a Host that isn't an authority. A length that is no
   * number makes a request malformed: nginx answers 400, Banyan resets the stream; RFC 9113 allows
   * both.
   */
  private static boolean fitsHttp2(Case one) {
    return one.steps().stream()
        .map(step -> step.request())
        .allMatch(request ->
            request.fields().stream().allMatch(f -> f.value().matches("[ -~]*"))
                && request.value("Content-Length").orElse("1").matches("\\d+")
                && request.value("Host").orElse("").matches("[A-Za-z0-9.-]+"));
  }

  private void serveTls(LegacyCopy legacy) throws IOException {
    if (certificate == null) {
      certificate = Certificate.make(folder);
    }
    Files.writeString(
        legacy.prefix().resolve("local/listen.conf"),
        "listen %d ssl http2;\n".formatted(legacy.port()) + certificate.directives());
  }

  @Test
  void overTlsNginxByHttp1AndBanyanByHttp2AnswerAlike() throws IOException, InterruptedException {
    try (Ring ring = new Ring(folder)) {
      ring.add("nginx", "https://", RealNginx.choose(), this::serveTls)
          .add("nginx-h2", "h2://", RealNginx.choose(), this::serveTls)
          .add("banyan", "h2://", Banyan.withoutLua(), this::serveTls);
      alike(ring, 1);
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredAsTheOnesThatWait() throws IOException, InterruptedException {
    try (Ring ring = new Ring(folder)) {
      ring.add("nginx", RealNginx.choose()).add("banyan", Banyan.withoutLua());
      alike(ring, 8);
    }
  }

  private static void alike(Ring ring, int pipeline) throws InterruptedException {
    Report report = ring.run(CaseSource.shuffled(cases(), Ring.SEED), 32, pipeline);
    System.out.println(SummaryText.of(report));
    assertThat(report.results()).hasSize(CASES);
    assertThat(report.isClean()).as(SummaryText.of(report)).isTrue();
  }
}
