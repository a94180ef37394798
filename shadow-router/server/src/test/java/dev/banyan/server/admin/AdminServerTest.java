package dev.banyan.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.api.Mode;
import dev.banyan.router.parity.Observation;
import dev.banyan.router.parity.ShadowedCall;
import dev.banyan.router.parity.Traffic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class AdminServerTest {
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
  void theProgressTheInventoryAndTheProofOfAModuleAreServed() throws Exception {
    JsonNode progress = room.tree(room.authorized("/api/v1/progress"));
    assertThat(progress.path("modules").asInt()).isEqualTo(2);
    assertThat(progress.at("/stages/lua").asInt()).isEqualTo(2);
    assertThat(progress.at("/series/0/withoutLua").asInt()).isEqualTo(1);
    assertThat(progress.at("/series/0/inLua").asInt()).isEqualTo(2);
    assertThat(progress.path("forecast").asString()).startsWith("not enough history");
    JsonNode inventory = room.tree(room.authorized("/api/v1/inventory"));
    assertThat(inventory.path("conf").asString()).endsWith("nginx.conf");
    JsonNode proof = room.tree(room.authorized("/api/v1/modules/edge.waf/retire"));
    assertThat(proof.path("mayBeDeleted").asBoolean(true)).isFalse();
    assertThat(proof.path("evidence").toString()).contains("no port is installed");
  }

  @Test
  void theTokensFileIsItsOwnersOnly() throws IOException {
    assertThat(Files.getPosixFilePermissions(folder.resolve("state/admin-token")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "modules", "audit", "mismatches", "events", "nothing"})
  void theApiWantsTheToken(String path) throws IOException, InterruptedException {
    assertThat(room.send(room.request("/api/v1/" + path)).statusCode()).isEqualTo(401);
    assertThat(
            room.send(room.request("/api/v1/" + path).header("Authorization", "Bearer wrong"))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void readinessTurnsOnlyWhenTold() throws IOException, InterruptedException {
    assertThat(room.send(room.request("/readyz")).statusCode()).isEqualTo(503);
    room.readiness.ready();
    assertThat(room.send(room.request("/readyz")).statusCode()).isEqualTo(200);
    room.readiness.unready("stopping");
    assertThat(room.send(room.request("/readyz")).body()).isEqualTo("stopping\n");
    assertThat(room.send(room.request("/healthz")).statusCode()).isEqualTo(200);
  }

  @Test
  void aFlagIsChangedAuditedAndRolledBack() throws IOException, InterruptedException {
    HttpResponse<String> canary =
        room.put(
            "/api/v1/modules/edge.waf/flag",
            """
            {"mode": "canary", "percent": 5, "match": {"tenant": ["acme"]},
             "who": "ann", "why": "first try"}
            """);
    assertThat(canary.statusCode()).isEqualTo(200);
    assertThat(room.flags.current().flag("edge.waf").summary())
        .isEqualTo("canary 5% (tenant=acme)");

    HttpResponse<String> back =
        room.send(
            room.authorized("/api/v1/modules/edge.waf/rollback")
                .POST(HttpRequest.BodyPublishers.ofString("{\"who\":\"bob\",\"why\":\"pager\"}")));
    assertThat(back.statusCode()).isEqualTo(200);
    assertThat(room.flags.current().flag("edge.waf").mode()).isEqualTo(Mode.LUA);
    assertThat(room.send(room.authorized("/api/v1/audit")).body())
        .containsSubsequence("bob", "pager", "ann", "first try");
  }

  @ParameterizedTest
  @CsvSource({
    "/metrics, 'GET, HEAD'",
    "/api/v1/status, GET",
    "/api/v1/modules/edge.waf/flag, PUT",
    "/api/v1/coverage, 'PUT, POST, DELETE'"
  })
  void anotherMethodIsToldWhichThereAre(String path, String allowed)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        room.send(room.authorized(path).method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains(allowed);
  }

  @Test
  void requestsThatStandStillKeepNobodyOutForLong() throws IOException, InterruptedException {
    String stuck =
        "PUT /api/v1/modules/edge.waf/flag HTTP/1.1\r\nHost: localhost\r\nAuthorization: bearer "
            + room.token.value()
            + "\r\nContent-Length: 100\r\n\r\n{";
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < AdminServer.MAX_CALLS; i++) {
        Socket socket = new Socket("127.0.0.1", room.server.address().getPort());
        sockets.add(socket);
        socket.getOutputStream().write(stuck.getBytes(StandardCharsets.US_ASCII));
      }
      await().until(() -> room.send(room.authorized("/api/v1/status")).statusCode() == 503);
      assertThat(room.send(room.request("/healthz")).statusCode()).isEqualTo(200);
      await()
          .atMost(AdminServer.PATIENCE.multipliedBy(6))
          .until(() -> room.send(room.authorized("/api/v1/status")).statusCode() == 200);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void whoHasNotSeenTheLastChangeIsToldOfItAndChangesNothing()
      throws IOException, InterruptedException {
    String path = "/api/v1/modules/edge.waf/flag";
    String shadow = "{\"mode\":\"shadow\",\"who\":\"%s\",\"why\":\"%s\",\"version\":%d}";
    assertThat(room.put(path, shadow.formatted("ann", "first", 0)).statusCode()).isEqualTo(200);

    HttpResponse<String> late = room.put(path, shadow.formatted("bob", "too late", 0));
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("edge.waf was changed meanwhile: lua → shadow by ann (first)");
    assertThat(room.flags.current().version()).isEqualTo(1);

    assertThat(room.put(path, shadow.formatted("bob", "seen", 1)).statusCode()).isEqualTo(200);
    assertThat(room.put(path, shadow.replace("%d", "\"new\"").formatted("bob", "x")).statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"mode\":\"canary\",\"percent\":140,\"who\":\"a\",\"why\":\"b\"}",
        "{\"mode\":\"canary\",\"who\":\"a\",\"why\":\"b\"}",
        "{\"mode\":\"java\",\"percent\":5,\"who\":\"a\",\"why\":\"b\"}",
        "{\"mode\":\"jawa\",\"who\":\"a\",\"why\":\"b\"}",
        "{\"mode\":\"java\",\"who\":\"a\",\"why\":\"\"}",
        "{\"mode\":\"java\",\"who\":\"a\"}",
        "{\"mode\":\"lua\",\"who\":\"a\",\"why\":\"b\\n2026/11/30 a line of a log\"}",
        "{\"mode\":\"lua\",\"who\":\"a\\u001b[2J\",\"why\":\"b\"}",
        "{\"mode\":\"java\",\"who\":\"a\",\"why\":\"b\",\"colour\":\"blue\"}",
        "{\"mode\":\"java\",\"who\":\"a\",\"why\":\"b\",\"match\":{\"path\":[\"api\"]}}",
        "{\"mode\":\"java\",\"who\":\"a\",\"why\":\"b\",\"match\":{\"tenants\":[\"x\"]}}",
        "{\"mode\":\"java\",\"who\":\"a\",\"why\":\"b\",\"match\":{\"tenant\":[1]}}",
        "{\"mode\":\"java\",\"who\":\"a\",\"why\":\"b\",\"match\":{\"tenant\":{\"x\":1}}}",
        "{\"mode\":\"java\",\"who\":\"a\",\"why\":\"b\",\"match\":{\"header\":[\"x=y\"]}}",
        "{\"mode\":\"java\",\"who\":\"a\",\"why\":\"b\",\"match\":[]}",
        "{\"mode\":\"java\",\"who\":\"a\",\"why\":\"b\",\"match\":\"tenant=x\"}",
        "[]",
        "{",
        ""
      })
  void badChangesAreRefusedAndNothingChanges(String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = room.put("/api/v1/modules/edge.waf/flag", body);
    assertThat(answer.statusCode()).isBetween(400, 422);
    assertThat(answer.body()).startsWith("{\"error\":");
    assertThat(room.flags.current().version()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "inventory/usage;{\"seconds\":1e99}",
        "inventory/usage;{\"seconds\":\"ten\"}",
        "modules/edge.waf/learn;{\"seconds\":1.5}",
        "modules/edge.waf/learn;{\"vectors\":99999999999}",
        "modules/edge.waf/learn;{\"keep\":\"authorization\"}",
      })
  void whatIsNoNumberOrNoListDoesNotBecomeTheDefault(String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        room.send(
            room.authorized("/api/v1/" + path).POST(HttpRequest.BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("expected a ");
  }

  @Test
  void unknownModulesAndUnportedOnesAreRefused() throws IOException, InterruptedException {
    String java = "{\"mode\":\"java\",\"who\":\"a\",\"why\":\"b\"}";
    assertThat(room.put("/api/v1/modules/edge.wfa/flag", java).statusCode()).isEqualTo(404);
    assertThat(room.put("/api/v1/modules/edge.redirects/flag", java).body())
        .contains("no Java port");
    assertThat(room.put("/api/v1/status", java).statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no.such", "edge.waf"})
  void vectorsOfAModuleThatWasNeverRecordedAreNotFound(String module)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        room.send(room.authorized("/api/v1/modules/" + module + "/vectors"));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("banyan learn " + module);
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

  @Test
  void eventsCanBeResumedWithoutALoss() throws IOException, InterruptedException {
    String first;
    try (Stream<String> lines = events(null)) {
      var iterator = lines.iterator();
      iterator.next();
      room.put(
          "/api/v1/modules/edge.waf/flag", "{\"mode\":\"shadow\",\"who\":\"ann\",\"why\":\"one\"}");
      first = next(iterator, "id: ").substring("id: ".length());
      assertThat(next(iterator, "event: ")).isEqualTo("event: flag");
    }
    room.put(
        "/api/v1/modules/edge.waf/flag", "{\"mode\":\"java\",\"who\":\"ann\",\"why\":\"two\"}");

    try (Stream<String> lines = events(first)) {
      var iterator = lines.iterator();
      assertThat(next(iterator, "event: ")).isEqualTo("event: flag");
      assertThat(next(iterator, "data: ")).contains("\"why\":\"two\"");
    }
    try (Stream<String> lines = events("another-life-7")) {
      assertThat(next(lines.iterator(), "event: ")).isEqualTo("event: reset");
    }
  }

  private Stream<String> events(@Nullable String lastId) throws IOException, InterruptedException {
    HttpRequest.Builder request = room.authorized("/api/v1/events");
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    return room.client.send(request.build(), BodyHandlers.ofLines()).body();
  }

  private static String next(Iterator<String> lines, String start) {
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith(start)) {
        return line;
      }
    }
    throw new AssertionError("the stream ended before a line with \"" + start + "\"");
  }

  @Test
  void aForeignNameInHostIsTurnedAway() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", room.server.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(in.readLine()).contains("421");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/assets/app.js", "/assets/preact.js", "/assets/uplot.js"})
  void theDashboardsFilesAreOurOwnAndStrict(String path) throws IOException, InterruptedException {
    HttpResponse<String> page = room.send(room.request(path));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .doesNotContain("unsafe");
    assertThat(room.send(room.request("/assets/../banyan.yaml")).statusCode()).isEqualTo(404);
  }

  @Test
  void theDocumentOfTheApiSaysWhatTheListenerAnswers() throws IOException, InterruptedException {
    Observation next = new Observation("next", List.of(), Map.of("var x", "1"), null);
    Observation other = new Observation("next", List.of(), Map.of("var x", "2"), null);
    room.waf.compare(new ShadowedCall("access", Map.of(), Traffic.UNKNOWN), next, other);
    URI listener = URI.create("http://127.0.0.1:" + room.server.address().getPort());
    AdminContract contract = new AdminContract(room.client, listener, room.token.value());
    assertThat(contract.documented()).isEqualTo(AdminContract.onThePage());
    assertThat(contract.broken()).isEmpty();
    assertThat(contract.done()).isGreaterThan(15);
  }
}
