package dev.banyan.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Mode;
import dev.banyan.host.CallGuards;
import dev.banyan.host.CallRules;
import dev.banyan.host.ModuleHost;
import dev.banyan.router.flags.FlagPolicy;
import dev.banyan.router.flags.ModulePolicy;
import dev.banyan.router.flags.Sides;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.Observation;
import dev.banyan.router.parity.ParityBook;
import dev.banyan.router.parity.ParitySettings;
import dev.banyan.router.parity.Redactor;
import dev.banyan.router.parity.ShadowedCall;
import dev.banyan.router.parity.Traffic;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ModuleConfig;
import dev.banyan.server.figures.Figures;
import dev.banyan.server.figures.History;
import dev.banyan.server.figures.PathCounts;
import dev.banyan.server.figures.PortFigures;
import dev.banyan.server.figures.Readiness;
import dev.banyan.server.flags.FlagStore;
import dev.banyan.server.inventory.LegacyInventory;
import dev.banyan.server.inventory.LiveUsage;
import dev.banyan.server.learn.Learner;
import dev.banyan.server.lines.LiveCoverage;
import dev.banyan.server.lines.UnreachedLines;
import dev.banyan.server.progress.ProgressFigures;
import dev.banyan.server.progress.ProgressRecorder;
import dev.banyan.server.reproduce.CallTexts;
import dev.banyan.server.reproduce.PathReproducers;
import dev.banyan.server.reproduce.Reproducers;
import dev.banyan.server.retire.Retirement;
import dev.banyan.server.samples.StoreCounts;
import dev.banyan.server.serve.ConfSource;
import dev.banyan.server.shadow.ShadowExecutor;
import dev.banyan.server.traces.TraceCounts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AdminServerTest {
  private static final StoreCounts STORED = new StoreCounts(5, 4, 3, 2, 1);

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Readiness readiness = new Readiness();
  private final ShadowExecutor shadow = new ShadowExecutor(1, 8);
  private FlagStore flags;
  private ModuleParity waf;
  private AdminToken token;
  private Learner learner;
  private AdminServer server;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(folder.resolve("nginx.conf"), "events {}\n");
    Files.writeString(
        folder.resolve("banyan.yaml"),
        """
        conf: nginx.conf
        modules:
          edge.waf: {fail-mode: lua}
          edge.redirects: {fail-mode: lua}
        """);
    BanyanConfig config = BanyanConfig.load(folder.resolve("banyan.yaml"));
    Map<String, ModulePolicy> policies = new HashMap<>();
    for (ModuleConfig module : config.modules().values()) {
      boolean ported = module.name().equals("edge.waf");
      policies.put(
          module.name(),
          new ModulePolicy(module.name(), module.stickyKeys(), ported ? Sides.BOTH : Sides.LUA));
    }
    flags =
        FlagStore.open(
            config.stateDir(),
            new FlagPolicy(policies, config.tenantVariable()),
            config.modules().values().stream().map(ModuleConfig::initial).toList(),
            Clock.systemUTC());
    ParityBook parity =
        new ParityBook(
            config.modules().keySet(),
            Clock.systemUTC(),
            ParitySettings.of(
                0.99, 10, new Redactor(new byte[32], Set.of(), Redactor.Bodies.HIDDEN)));
    waf = Objects.requireNonNull(parity.module("edge.waf"));
    parity.path().skipped("no pipeline for x");
    parity.path().fellBack("response: its body is long");
    CallGuards guards =
        new CallGuards(_ -> CallRules.DEFAULT, System::nanoTime, (_, _, _, _) -> {});
    PortFigures ports = new PortFigures(ModuleHost::empty, guards);
    learner =
        new Learner(new ConfSource(config.conf(), config.prefix(), ""), flags, Clock.systemUTC());
    PathCounts paths = new PathCounts();
    paths.served(List.of());
    paths.served(List.of("edge.a is in Lua", "no pipeline for x"));
    paths.served(List.of("edge.a is in Lua"));
    Figures figures =
        new Figures(
            () -> config,
            flags,
            parity,
            shadow,
            readiness,
            ports,
            paths,
            () -> STORED,
            Clock.systemUTC());
    ConfSource source = new ConfSource(config.conf(), config.prefix(), "");
    ProgressRecorder progress =
        new ProgressRecorder(
            new ProgressRecorder.Sources(
                flags, parity, paths, ModuleHost::empty, _ -> false, learner::report),
            config.stateDir(),
            Clock.systemUTC());
    Retirement retirement =
        new Retirement(
            () -> config,
            source,
            flags,
            ModuleHost::empty,
            _ -> false,
            progress,
            Clock.systemUTC());
    CallTexts texts = new CallTexts(source, () -> config.modules().keySet());
    LegacyInventory inventory = new LegacyInventory(source, Clock.systemUTC());
    token = AdminToken.loadOrCreate(config.admin().tokenFile());
    server =
        AdminServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            token,
            new ControlRoom(
                flags,
                parity,
                shadow,
                figures,
                new History(parity, Clock.systemUTC()),
                paths,
                () -> STORED,
                () -> new TraceCounts(7, 2, 1),
                readiness,
                learner,
                new ProgressFigures(progress, Clock.systemUTC()),
                inventory,
                new LiveUsage(inventory),
                retirement,
                new Reproducers(parity, texts, System::nanoTime),
                new PathReproducers(parity.path(), parity.redactor()),
                new UnreachedLines(texts),
                new LiveCoverage()));
  }

  @AfterEach
  void stop() {
    server.close();
    learner.close();
    shadow.close();
  }

  @Test
  void theProgressTheInventoryAndTheProofOfAModuleAreServed() throws Exception {
    JsonNode progress = tree(authorized("/api/v1/progress"));
    assertThat(progress.path("modules").asInt()).isEqualTo(2);
    assertThat(progress.at("/stages/lua").asInt()).isEqualTo(2);
    assertThat(progress.at("/series/0/withoutLua").asInt()).isEqualTo(1);
    assertThat(progress.at("/series/0/inLua").asInt()).isEqualTo(2);
    assertThat(progress.path("forecast").asString()).startsWith("not enough history");
    JsonNode inventory = tree(authorized("/api/v1/inventory"));
    assertThat(inventory.path("conf").asString()).endsWith("nginx.conf");
    JsonNode proof = tree(authorized("/api/v1/modules/edge.waf/retire"));
    assertThat(proof.path("mayBeDeleted").asBoolean(true)).isFalse();
    assertThat(proof.path("evidence").toString()).contains("no port is installed");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.address().getPort() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private JsonNode tree(HttpRequest.Builder request) throws IOException, InterruptedException {
    return new JsonMapper().readTree(send(request).body());
  }

  private HttpRequest.Builder authorized(String path) {
    return request(path).header("Authorization", "Bearer " + token.value());
  }

  private HttpResponse<String> put(String path, String body)
      throws IOException, InterruptedException {
    return send(authorized(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void theTokensFileIsItsOwnersOnly() throws IOException {
    assertThat(Files.getPosixFilePermissions(folder.resolve("state/admin-token")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "modules", "audit", "mismatches", "events", "nothing"})
  void theApiWantsTheToken(String path) throws IOException, InterruptedException {
    assertThat(send(request("/api/v1/" + path)).statusCode()).isEqualTo(401);
    assertThat(
            send(request("/api/v1/" + path).header("Authorization", "Bearer wrong")).statusCode())
        .isEqualTo(401);
  }

  @Test
  void readinessTurnsOnlyWhenTold() throws IOException, InterruptedException {
    assertThat(send(request("/readyz")).statusCode()).isEqualTo(503);
    readiness.ready();
    assertThat(send(request("/readyz")).statusCode()).isEqualTo(200);
    readiness.unready("stopping");
    assertThat(send(request("/readyz")).body()).isEqualTo("stopping\n");
    assertThat(send(request("/healthz")).statusCode()).isEqualTo(200);
  }

  @Test
  void aFlagIsChangedAuditedAndRolledBack() throws IOException, InterruptedException {
    HttpResponse<String> canary =
        put(
            "/api/v1/modules/edge.waf/flag",
            """
            {"mode": "canary", "percent": 5, "match": {"tenant": ["acme"]},
             "who": "ann", "why": "first try"}
            """);
    assertThat(canary.statusCode()).isEqualTo(200);
    assertThat(flags.current().flag("edge.waf").summary()).isEqualTo("canary 5% (tenant=acme)");

    HttpResponse<String> back =
        send(
            authorized("/api/v1/modules/edge.waf/rollback")
                .POST(HttpRequest.BodyPublishers.ofString("{\"who\":\"bob\",\"why\":\"pager\"}")));
    assertThat(back.statusCode()).isEqualTo(200);
    assertThat(flags.current().flag("edge.waf").mode()).isEqualTo(Mode.LUA);
    assertThat(send(authorized("/api/v1/audit")).body())
        .containsSubsequence("bob", "pager", "ann", "first try");
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
        "{\"mode\":\"java\",\"who\":\"a\",\"why\":\"b\",\"colour\":\"blue\"}",
        "{\"mode\":\"java\",\"who\":\"a\",\"why\":\"b\",\"match\":{\"path\":[\"api\"]}}",
        "[]",
        "{",
        ""
      })
  void badChangesAreRefusedAndNothingChanges(String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = put("/api/v1/modules/edge.waf/flag", body);
    assertThat(answer.statusCode()).isBetween(400, 422);
    assertThat(answer.body()).startsWith("{\"error\":");
    assertThat(flags.current().version()).isZero();
  }

  @Test
  void unknownModulesAndUnportedOnesAreRefused() throws IOException, InterruptedException {
    String java = "{\"mode\":\"java\",\"who\":\"a\",\"why\":\"b\"}";
    assertThat(put("/api/v1/modules/edge.wfa/flag", java).statusCode()).isEqualTo(404);
    assertThat(put("/api/v1/modules/edge.redirects/flag", java).body()).contains("no Java port");
    assertThat(put("/api/v1/status", java).statusCode()).isEqualTo(405);
  }

  @Test
  void mismatchesShowBothAnswers() throws IOException, InterruptedException {
    waf.compare(
        new ShadowedCall("access", Map.of("uri", "/search"), Traffic.UNKNOWN),
        new Observation("next", List.of(), Map.of(), null),
        new Observation("respond 403", List.of(), Map.of(), null));

    assertThat(send(authorized("/api/v1/modules/edge.waf/mismatches?limit=5")).body())
        .contains("\"path\":\"decision\",\"lua\":\"next\",\"java\":\"respond 403\"")
        .contains("/search");
    assertThat(send(authorized("/api/v1/modules/edge.waf/clusters")).body())
        .contains("{\"place\":\"decision\",\"kind\":\"next → respond\",\"noisy\":false}")
        .contains("\"count\":1")
        .contains("/search");
    assertThat(send(authorized("/api/v1/modules/edge.waf")).body()).contains("\"mismatched\":1");
    assertThat(send(authorized("/api/v1/mismatches?limit=no")).statusCode()).isEqualTo(400);
  }

  @Test
  void parityIsShownByClassOfTrafficTheWeakestFirst() throws IOException, InterruptedException {
    Observation next = new Observation("next", List.of(), Map.of(), null);
    for (String route : List.of("/", "/", "/", "/api/")) {
      Traffic traffic = new Traffic("gold", route, "GET", 0);
      waf.compare(new ShadowedCall("access", Map.of(), traffic), next, next);
    }

    assertThat(send(authorized("/api/v1/modules/edge.waf/classes")).body())
        .contains("\"unproven\":2")
        .containsSubsequence("access · gold · GET /api/ · next", "access · gold · GET / · next");
    assertThat(send(authorized("/api/v1/modules/edge.waf")).body())
        .contains("\"weakest\":\"access · gold · GET /api/ · next\"");
    assertThat(send(request("/metrics")).body())
        .contains("banyan_parity_proven{module=\"edge.waf\"} 0.0")
        .contains("banyan_parity_weakest_class_lower_bound_ratio{module=\"edge.waf\"} 0.20");
  }

  @Test
  void eventsCanBeResumedWithoutALoss() throws IOException, InterruptedException {
    String first;
    try (Stream<String> lines = events(null)) {
      var iterator = lines.iterator();
      iterator.next();
      put("/api/v1/modules/edge.waf/flag", "{\"mode\":\"shadow\",\"who\":\"ann\",\"why\":\"one\"}");
      first = next(iterator, "id: ").substring("id: ".length());
      assertThat(next(iterator, "event: ")).isEqualTo("event: flag");
    }
    put("/api/v1/modules/edge.waf/flag", "{\"mode\":\"java\",\"who\":\"ann\",\"why\":\"two\"}");

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
    HttpRequest.Builder request = authorized("/api/v1/events");
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    return client.send(request.build(), BodyHandlers.ofLines()).body();
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
  void metricsNameWhatHappened() throws IOException, InterruptedException {
    waf.luaAnswered(1_000_000);
    waf.fellBack("threw NullPointerException");
    String metrics = send(request("/metrics")).body();
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
  void timesAreHistogramsInTheFormatThatTheScraperAsksFor() throws Exception {
    for (int i = 0; i < 90; i++) {
      waf.luaAnswered(2_000_000);
    }
    for (int i = 0; i < 10; i++) {
      waf.luaAnswered(40_000_000);
    }
    assertThat(send(request("/metrics")).body())
        .contains("banyan_call_seconds_bucket{module=\"edge.waf\",path=\"lua\",le=\"0.001\"} 0")
        .contains("banyan_call_seconds_bucket{module=\"edge.waf\",path=\"lua\",le=\"0.0025\"} 90")
        .contains("banyan_call_seconds_bucket{module=\"edge.waf\",path=\"lua\",le=\"0.05\"} 100")
        .contains("banyan_call_seconds_count{module=\"edge.waf\",path=\"lua\"} 100");
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + server.address().getPort() + "/metrics"))
                .header(
                    "Accept",
                    "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                        + "encoding=delimited;q=0.6,text/plain;version=0.0.4;q=0.2")
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/vnd.google.protobuf");
  }

  @Test
  void theDocumentOfTheApiSaysWhatTheListenerAnswers() throws IOException, InterruptedException {
    Observation next = new Observation("next", List.of(), Map.of("var x", "1"), null);
    Observation other = new Observation("next", List.of(), Map.of("var x", "2"), null);
    waf.compare(new ShadowedCall("access", Map.of(), Traffic.UNKNOWN), next, other);
    URI listener = URI.create("http://127.0.0.1:" + server.address().getPort());
    AdminContract contract = new AdminContract(client, listener, token.value());
    assertThat(contract.documented()).isEqualTo(AdminContract.onThePage());
    assertThat(contract.broken()).isEmpty();
    assertThat(contract.done()).isGreaterThan(15);
  }

  @Test
  void aForeignNameInHostIsTurnedAway() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
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
    HttpResponse<String> page = send(request(path));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .doesNotContain("unsafe");
    assertThat(send(request("/assets/../banyan.yaml")).statusCode()).isEqualTo(404);
  }
}
