package dev.banyan.it.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.banyan.cli.Banyan;
import dev.banyan.it.browser.WithChromium;
import dev.banyan.it.monitoring.Collector;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

@WithChromium
class SecretsTest {
  private static final int PLANTED = 50;
  private static final List<String> FILES_OF_THE_TEST =
      List.of("logs", "src", "classes", "port.jar", "nginx.conf", "echo.lua", "banyan.yaml");

  @TempDir Path folder;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger banyan = (Logger) LoggerFactory.getLogger("dev.banyan");

  @BeforeEach
  void listen() {
    banyan.setLevel(Level.DEBUG);
    log.start();
    banyan.addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    banyan.detachAppender(log);
    banyan.setLevel(null);
  }

  @Test
  void fiftyPlantedSecretsAreFoundInNoSink(BrowserContext browser)
      throws IOException, InterruptedException {
    List<Secrets.Planted> planted = Secrets.of(PLANTED, 2026);
    Map<String, String> sinks = new TreeMap<>();
    Queue<String> events = new ConcurrentLinkedQueue<>();
    try (HttpClient client = HttpClient.newHttpClient();
        Collector collector = Collector.start();
        Recorded recorded =
            new Recorded(
                folder,
                "traces: {endpoint: \"%s\", sample-percent: 100}"
                    .formatted(collector.endpoint()))) {
      follow(client, recorded, events);
      plant(recorded, planted);
      await().until(() -> compared(recorded) == 4 * PLANTED);
      plant(recorded, planted); // what waits for a call to reproduce it by gets one
      await().until(() -> compared(recorded) == 8 * PLANTED);
      recorded.admin().flag("echo", "java", "to see it fail");
      plant(recorded, planted);
      readApi(recorded, client, sinks);
      readCommands(recorded, sinks);
      readDashboard(browser, recorded, sinks);
      await().until(() -> events.contains("event: mismatch"));
      sinks.put("events", String.join("\n", events));
      await().until(() -> collector.received().contains("[redacted, "));
      sinks.put("traces", collector.received());
    }
    sinks.put("log", logText());
    readFiles(sinks);

    assertThat(sinks.get("API /clusters"))
        .contains("user ann")
        .contains("[redacted, ")
        .contains("effects.log");
    assertThat(sinks.entrySet())
        .filteredOn(sink -> sink.getKey().startsWith("reproducer "))
        .anySatisfy(sink ->
            assertThat(sink.getValue()).contains("\"state\":\"held\"").contains("[redacted, "));
    assertThat(sinks.get("file state/samples/mismatches.ndjson")).contains("[redacted, ");
    assertThat(sinks.get("log")).contains("can't do user ann [redacted, ");
    sinks.forEach((sink, text) -> {
      for (Secrets.Planted secret : planted) {
        assertThat(text)
            .as("%s holds %s", sink, secret)
            .doesNotContain(secret.value())
            .doesNotContain(encoded(secret.value()));
      }
    });
  }

  private static void plant(Recorded recorded, List<Secrets.Planted> planted) throws IOException {
    for (Secrets.Planted secret : planted) {
      recorded.send(
          "/" + encoded(secret.text()) + "?q=" + encoded(secret.text()),
          secret.text(),
          "Cookie: session=" + secret.value());
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static long compared(Recorded recorded) {
    var parity = recorded.admin().get("/api/v1/modules/echo").path("parity");
    return parity.path("compared").asLong(0) + parity.path("skipped").asLong(0);
  }

  private static void follow(HttpClient client, Recorded recorded, Queue<String> events) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(recorded.adminUrl() + "/api/v1/events"))
            .header("Authorization", "Bearer " + recorded.server.token().value())
            .build();
    client
        .sendAsync(request, BodyHandlers.ofLines())
        .thenAccept(answer -> answer.body().forEach(events::add));
  }

  private static void readApi(Recorded recorded, HttpClient client, Map<String, String> sinks)
      throws IOException, InterruptedException {
    for (String part : List.of("", "/clusters", "/mismatches", "/classes", "/rules", "/history")) {
      String path = "/api/v1/modules/echo" + part + (part.isEmpty() ? "" : "?limit=1000");
      sinks.put("API " + part, recorded.admin().get(path).toString());
    }
    for (String path : List.of("status", "modules", "mismatches?limit=1000", "audit")) {
      sinks.put("API " + path, recorded.admin().get("/api/v1/" + path).toString());
    }
    for (JsonNode cluster :
        recorded.admin().get("/api/v1/modules/echo/clusters?limit=1000").path("clusters")) {
      String id = cluster.path("id").asString();
      String path = "/api/v1/modules/echo/clusters/" + id + "/reproducer";
      sinks.put("reproducer " + id, recorded.admin().get(path).toString());
    }
    HttpRequest metrics =
        HttpRequest.newBuilder(URI.create(recorded.adminUrl() + "/metrics")).build();
    sinks.put("metrics", client.send(metrics, BodyHandlers.ofString()).body());
  }

  private void readCommands(Recorded recorded, Map<String, String> sinks) {
    for (String line :
        List.of(
            "mismatches echo --limit 100",
            "mismatches echo --each --limit 1000",
            "mismatches echo --json",
            "classes echo --limit 300",
            "rules echo",
            "modules",
            "status")) {
      StringWriter out = new StringWriter();
      String[] where = {
        "--admin", recorded.adminUrl(), "--token-file", folder + "/state/admin-token"
      };
      String[] words =
          Stream.concat(Stream.of(line.split(" ")), Stream.of(where)).toArray(String[]::new);
      int code = Banyan.run(new PrintWriter(out, true), new PrintWriter(out, true), words);
      assertThat(code).as("%s: %s", line, out).isZero();
      sinks.put("banyan " + line, out.toString());
    }
  }

  private static void readDashboard(
      BrowserContext browser, Recorded recorded, Map<String, String> sinks) {
    try (Chromium chromium = new Chromium(browser, recorded)) {
      PlaywrightAssertions.assertThat(chromium.page.locator(".modules")).isVisible();
      sinks.put("dashboard", chromium.page.content());
      chromium.page.navigate(recorded.adminUrl() + "/#/echo");
      PlaywrightAssertions.assertThat(chromium.page.locator(".cluster").first()).isVisible();
      sinks.put("dashboard's module", chromium.page.content());
    }
  }

  private String logText() {
    StringBuilder text = new StringBuilder();
    for (ILoggingEvent event : List.copyOf(log.list)) {
      text.append(event.getFormattedMessage()).append('\n');
      if (event.getThrowableProxy() != null) {
        text.append(ThrowableProxyUtil.asString(event.getThrowableProxy())).append('\n');
      }
    }
    return text.toString();
  }

  /** All files but the test's own and the legacy's logs, which are as nginx writes them. */
  private void readFiles(Map<String, String> sinks) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path inside = folder.relativize(file);
        if (!FILES_OF_THE_TEST.contains(inside.getName(0).toString())) {
          sinks.put("file " + inside, Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
  }
}
