package dev.banyan.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever octets come to the admin listener, it answers in its own words. */
final class MalformedCallsTest {
  private static final String CALL = "PUT /api/v1/modules/edge.waf/flag HTTP/1.1";

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

  /** Sends octets, in which | is a line's end and TOKEN the token; all that is answered. */
  private String answer(String octets) throws IOException {
    String text = octets.replace("|", "\r\n").replace("TOKEN", room.token.value());
    try (Socket socket = new Socket("127.0.0.1", room.server.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      try {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
      } catch (SocketException _) {
        // it has been answered before its end
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'GARBAGE||';400;METHOD PATH",
        "'GET /a b HTTP/1.1|Host: localhost||';400;METHOD PATH",
        "'GET /api/v1/modules/%zz HTTP/1.1|Host: localhost||';400;expected %XX",
        "'GET /api/v1/modules/% HTTP/1.1|Host: localhost||';400;expected %XX",
        "'GET /a\u0000b HTTP/1.1|Host: localhost||';400;must be escaped",
        "'GET /a\u00e9b HTTP/1.1|Host: localhost||';400;must be escaped",
        "'OPTIONS * HTTP/1.1|Host: localhost||';400;no path",
        "'PRI * HTTP/2.0||SM||';505;HTTP/1.1",
        "'\u0016\u0003\u0001\u0002abc';400;ends in the middle",
        "'GET /healthz HTTP/1.1|Host: loc';400;ends in the middle",
        "'GET /healthz HTTP/1.1|Host: localhost|no field||';400;NAME: VALUE",
        "'GET /healthz HTTP/1.1|Host: localhost|X: a| folded||';400;NAME: VALUE",
        "'GET /healthz HTTP/1.1|Host: localhost|Host: evil.example||';400;more than one Host",
        "'GET /healthz HTTP/1.1||';421;localhost only",
        "'GET //healthz HTTP/1.1|Host: localhost||';404;no such page",
      })
  void whatIsNoRequestIsAnsweredAsAllElse(String octets, int status, String words)
      throws IOException {
    assertIsOurs(answer(octets), status, words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'Content-Length: abc||';400;no length",
        "'Content-Length: -5||';400;no length",
        "'Content-Length: 1|Content-Length: 2||{}';400;no length",
        "'Content-Length: 9||{}';400;middle of its body",
        "'Content-Length: 2|Transfer-Encoding: chunked||{}';400;one is enough",
        "'Transfer-Encoding: gzip||{}';501;only chunked",
        "'Transfer-Encoding: chunked||zz|{}|0||';400;with its size",
        "'Transfer-Encoding: chunked||1|{}|0||';400;longer than it says",
        "'Transfer-Encoding: chunked||2|{}|0||';400;mode",
        "'Transfer-Encoding: chunked||2;x=y|{}|0|X: y||';400;mode",
      })
  void aBodyWhoseEndIsNotClearIsRefused(String rest, int status, String words) throws IOException {
    assertIsOurs(
        answer(CALL + "|Host: localhost|Authorization: Bearer TOKEN|" + rest), status, words);
    assertThat(room.flags.current().version()).isZero();
  }

  @Test
  void headsThatNeverEndAreRefused() throws IOException {
    String start = "GET /healthz HTTP/1.1|Host: localhost|";
    assertIsOurs(answer(start + "X: " + "a".repeat(500_000) + "||"), 431, "longer than");
    assertIsOurs(answer(start + "X: a|".repeat(5_000) + "|"), 431, "more than 100 fields");
    assertIsOurs(answer("GET /" + "a".repeat(200_000) + " HTTP/1.1||"), 414, "longer than");
  }

  private static void assertIsOurs(String answer, int status, String words) {
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("Content-Type: application/json", "X-Content-Type-Options: nosniff")
        .contains("\r\n\r\n{\"error\":\"")
        .contains(words);
  }

  @Test
  void aRequestThatStandsStillIsToldSo() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", room.server.address().getPort())) {
      socket
          .getOutputStream()
          .write("GET /healthz HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertIsOurs(answer, 408, "did not come within 5 s");
    }
  }

  @Test
  void severalRequestsFitOnAConnectionHoweverTheyAreWritten() throws IOException {
    String answers =
        answer(
            "GET http://localhost/healthz HTTP/1.1|Host: localhost||"
                + "GET /health%7A HTTP/1.1\nHost: localhost\n\n"
                + "HEAD /healthz HTTP/1.1|Host: localhost||"
                + "GET /healthz HTTP/1.0|Host: localhost||"
                + "GET /healthz HTTP/1.1|Host: localhost||");
    assertThat(answers.split("HTTP/1\\.1 200 OK", -1)).hasSize(5);
    assertThat(answers.split("ok\n", -1)).hasSize(4);
    assertThat(answers.split("Content-Length: 3", -1)).hasSize(5);
    assertThat(answers).containsOnlyOnce("Connection: close");
  }

  @Test
  void whoWaitsForAWordBeforeItsBodyIsGivenIt() throws IOException {
    String answer =
        answer(
            CALL
                + "|Host: localhost|Authorization: Bearer TOKEN|Expect: 100-continue"
                + "|Content-Length: 2||{}");
    assertThat(answer).startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 ");
  }

  @Test
  void aHugeBodyIsAnsweredWithoutBeingRead() throws IOException {
    String answer =
        answer(
            CALL
                + "|Host: localhost|Authorization: Bearer TOKEN|Content-Length: 900000||"
                + " ".repeat(900_000));
    assertIsOurs(answer, 413, "larger than 65536");
    assertThat(answer).contains("Connection: close");
  }

  @Test
  void vectorsOfAModuleThatWasNeverRecordedAreNotFound() throws IOException, InterruptedException {
    for (String module : new String[] {"no.such", "edge.waf"}) {
      HttpResponse<String> answer =
          room.send(room.authorized("/api/v1/modules/" + module + "/vectors"));
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("banyan learn " + module);
    }
  }

  @Test
  void aFileThatABrowserHasIsNotSentAgain() throws IOException, InterruptedException {
    HttpResponse<String> first = room.send(room.request("/assets/app.js"));
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        room.send(room.request("/assets/app.js").header("If-None-Match", "W/\"x\", " + tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(room.send(room.request("/assets/app.js").header("If-None-Match", "\"x\"")).body())
        .isEqualTo(first.body());
  }
}
