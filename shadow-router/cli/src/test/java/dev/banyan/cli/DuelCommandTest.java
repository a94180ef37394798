package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.duel.origin.RecordingOrigin;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command on two small servers: what the duel has for origins. */
final class DuelCommandTest {
  private static final String SUITE =
      """
      === a page
      class: pages
      --- ask
      GET /page HTTP/1.1
      Host: example.org
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Banyan.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private String suite(String text) throws IOException {
    return Files.writeString(folder.resolve("edge.suite"), text).toString();
  }

  private static String address(RecordingOrigin server) {
    return "127.0.0.1:" + server.ports().getFirst();
  }

  @Test
  void serversThatAreAlikeEndWithZero() throws IOException {
    try (RecordingOrigin server = RecordingOrigin.start("127.0.0.1", List.of(0), "X-Other")) {
      String address = address(server);
      assertThat(
              run(
                  "duel",
                  "old=" + address,
                  "new=" + address,
                  "--suite",
                  suite(SUITE),
                  "--rounds",
                  "50"))
          .as(err.toString() + out)
          .isZero();
      assertThat(out.toString())
          .contains("50 cases on old, new: 100 requests")
          .contains("no difference");
    }
  }

  @Test
  void aDifferenceEndsWithOneAndWritesTheReport() throws IOException {
    Path report = folder.resolve("report");
    try (RecordingOrigin server = RecordingOrigin.start("127.0.0.1", List.of(0), "X-Other");
        ServerSocket mute = mute()) {
      int code =
          run(
              "duel",
              "old=" + address(server),
              "new=127.0.0.1:" + mute.getLocalPort(),
              "--suite",
              suite(SUITE),
              "--timeout",
              "2s",
              "--report",
              report.toString());
      assertThat(code).isEqualTo(1);
      assertThat(out.toString()).contains("NOT alike").contains("new: closed without an answer");
      assertThat(report.resolve("report.html")).exists();
      assertThat(report.resolve("junit.xml")).content().contains("<testsuite name=\"pages\"");
      assertThat(report.resolve("reproducers.suite"))
          .content()
          .contains("=== a page", "GET / HTTP/1.1");
    }
  }

  /** A server that closes each connection at once. */
  private static ServerSocket mute() throws IOException {
    ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            try {
              server.accept().close();
            } catch (IOException _) {
              return;
            }
          }
        });
    return server;
  }

  @Test
  void serversThatAreNotThereAreToldBeforeAnythingIsAsked() throws IOException {
    try (RecordingOrigin server = RecordingOrigin.start("127.0.0.1", List.of(0), "X-Other")) {
      int gone = goneFrom();
      int code =
          run(
              "duel",
              "old=" + address(server),
              "new=127.0.0.1:" + gone,
              "other=no-such-host.invalid:80",
              "--suite",
              suite(SUITE),
              "--rounds",
              "1000");
      assertThat(code).isEqualTo(1);
      assertThat(err.toString())
          .contains("new (http://127.0.0.1:" + gone + ") can't be reached: Connection refused")
          .contains("no address has the name no-such-host.invalid")
          .contains("nothing was asked");
      assertThat(out.toString()).isEmpty();
    }
  }

  private static int goneFrom() throws IOException {
    try (RecordingOrigin server = RecordingOrigin.start("127.0.0.1", List.of(0), "X-Other")) {
      return server.ports().getFirst();
    }
  }

  @Test
  void withoutServersCasesAreSaved() throws IOException {
    Path saved = folder.resolve("saved.suite");
    assertThat(run("duel", "--suite", suite(SUITE), "--save", saved.toString())).isZero();
    assertThat(saved).content().contains("=== a page", "class: pages", "GET /page HTTP/1.1");
  }

  @ParameterizedTest
  @CsvSource({
    "old=127.0.0.1, expected NAME=HOST:PORT",
    "old=ftp://127.0.0.1:1, 'expected http, https, h2 or h2c'",
    "old=127.0.0.1:99999, expected NAME=HOST:PORT",
    "new=127.0.0.1:1, two servers are called new",
  })
  void aWrongServerIsToldWithWhatWasExpected(String wrong, String expected) throws IOException {
    assertThat(run("duel", "new=127.0.0.1:1", wrong, "--suite", suite(SUITE))).isEqualTo(2);
    assertThat(err.toString()).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "--origin-port, '9001,70000', expected a port from 1 to 65535",
    "--timeout, 9999999m, '60m at most'",
    "--timeout, 0s, expected a time such as 500ms",
  })
  void anImpossibleOptionIsToldWithWhatWasExpected(String option, String value, String expected)
      throws IOException {
    assertThat(
            run("duel", "a=127.0.0.1:1", "b=127.0.0.1:2", "--suite", suite(SUITE), option, value))
        .isEqualTo(2);
    assertThat(err.toString()).contains(expected);
  }

  @Test
  void oneServerIsNoDuel() throws IOException {
    assertThat(run("duel", "new=127.0.0.1:1", "--suite", suite(SUITE))).isEqualTo(2);
    assertThat(err.toString()).contains("name two or three servers");
  }

  @Test
  void aSuiteOfMistakesEndsWithOneAndEveryMistakeHasItsLine() throws IOException {
    String broken = suite("=== a page\n--- aks\n--- ask\nGET\n");
    assertThat(run("duel", "old=127.0.0.1:1", "new=127.0.0.1:2", "--suite", broken)).isEqualTo(1);
    assertThat(err.toString())
        .contains("banyan: " + broken + ":2: ")
        .contains("banyan: " + broken + ":4: ");
  }

  @Test
  void aMistakeInASuiteIsToldAndTheOtherCasesAreAsked() throws IOException {
    Path report = folder.resolve("report");
    String mixed = suite("=== wrong\n--- aks\nGET /\n" + SUITE);
    try (RecordingOrigin server = RecordingOrigin.start("127.0.0.1", List.of(0), "X-Other")) {
      String address = address(server);
      int code =
          run(
              "duel",
              "old=" + address,
              "new=" + address,
              "--suite",
              mixed,
              "--report",
              report.toString());
      assertThat(code).isEqualTo(1);
    }
    String told = mixed + ":2: \"--- aks\": expected --- ask, --- body or --- origin";
    assertThat(err.toString().lines()).containsOnlyOnce("banyan: " + told);
    assertThat(out.toString())
        .contains(
            "1 cases on old, new: 2 requests",
            "not asked: " + told,
            "no difference in what was asked");
    assertThat(report.resolve("junit.xml")).content().contains("<error type=\"not asked\"");
  }

  @Test
  void linesOfARecordingThatAreNoRequestsDontFailTheRun() throws IOException {
    Path log = folder.resolve("access.log");
    Files.writeString(
        log,
        """
        1.2.3.4 - - [x] "GET /a HTTP/1.1" 200 1
        1.2.3.4 - - [x] "-" 408 0 "-" "-"
        """);
    try (RecordingOrigin server = RecordingOrigin.start("127.0.0.1", List.of(0), "X-Other")) {
      String address = address(server);
      assertThat(run("duel", "old=" + address, "new=" + address, "--access-log", log.toString()))
          .as(err.toString() + out)
          .isZero();
    }
    assertThat(err.toString()).contains("1 of 2 can't be asked again and are left out");
  }

  @Test
  void withNothingToAskItSaysWhatToName() {
    assertThat(run("duel", "old=127.0.0.1:1", "new=127.0.0.1:2")).isEqualTo(2);
    assertThat(err.toString()).contains("nothing to ask: name a --suite");
  }
}
