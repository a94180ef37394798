package dev.banyan.it.dashboard;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitUntilState;
import dev.banyan.it.browser.WithChromium;
import dev.banyan.it.edge.AdminClient;
import dev.banyan.it.process.FreePorts;
import dev.banyan.it.process.PortJar;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.BanyanServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The dashboard of a large migration: 100 modules, each with 100 clusters of mismatches. */
@WithChromium
class DashboardSizeTest {
  private static final int MODULES = 100;
  private static final int CLUSTERS = 100;
  private static final double MOST_MILLIS = 1_000;

  @TempDir Path folder;

  private static String module(int i) {
    return "edge.part_%02d".formatted(i);
  }

  /** A key without digits, which would be taken for an id. */
  private static String key(int i) {
    return "field_" + (char) ('a' + i / 10) + (char) ('a' + i % 10);
  }

  private BanyanServer start(int port) throws IOException {
    Map<String, String> sources = new TreeMap<>();
    StringBuilder modules = new StringBuilder();
    Files.createDirectories(folder.resolve("edge"));
    for (int i = 0; i < MODULES; i++) {
      Files.writeString(
          folder.resolve("edge/part_%02d.lua".formatted(i)),
          "return {f = function(k) return {[k] = 'as ever'} end}");
      sources.put(
          "Part" + i,
          """
          import dev.banyan.api.*;
          import java.util.Map;

          @LuaModule("%s")
          public final class Part%d implements Port {
            @dev.banyan.api.Function("f")
            public Map<String, Object> f(String k) {
              return Map.of(k, "as never before");
            }
          }
          """
              .formatted(module(i), i));
      modules
          .append("  ")
          .append(module(i))
          .append(": {fail-mode: lua, deadline: 10s, mode: shadow}\n");
    }
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        events {}
        http {
          access_log off;
          lua_package_path "$prefix/?.lua;;";
          server {
            listen 127.0.0.1:%d;
            location / {
              content_by_lua_block { require(ngx.var.arg_m).f(ngx.var.arg_k) ngx.print("ok") }
            }
          }
        }
        """
            .formatted(port));
    Files.writeString(
        folder.resolve("banyan.yaml"),
        """
        conf: nginx.conf
        admin: {listen: "127.0.0.1:0"}
        ports: %s
        shadow: {queue: 20000, patience: 0ms}
        parity: {reproducers: false, store: {files: 0}}
        modules:
        """
                .formatted(PortJar.make(folder, sources))
            + modules);
    return BanyanServer.start(BanyanConfig.load(folder.resolve("banyan.yaml")));
  }

  private static void differ(int port) throws IOException {
    for (int i = 0; i < MODULES; i++) {
      StringBuilder requests = new StringBuilder();
      for (int k = 0; k < CLUSTERS; k++) {
        requests.append(
            "GET /?m=%s&k=%s HTTP/1.1\r\nHost: edge\r\n%s\r\n"
                .formatted(module(i), key(k), k == CLUSTERS - 1 ? "Connection: close\r\n" : ""));
      }
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
        socket.getInputStream().readAllBytes();
      }
    }
  }

  @Test
  void aHundredModulesWithTenThousandClustersOpenUnderASecondInBothThemes(BrowserContext context)
      throws IOException {
    int port = FreePorts.next();
    BanyanServer server = start(port);
    try {
      differ(port);
      AdminClient admin = new AdminClient(server.adminAddress(), server.token().value());
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> admin.get("/api/v1/status").path("shadow").path("unfinished").asLong(1) == 0);
      long clusters = 0;
      for (int i = 0; i < MODULES; i++) {
        JsonNode page = admin.get("/api/v1/modules/" + module(i) + "/clusters?limit=1");
        clusters += page.path("total").asLong();
      }
      Assertions.assertThat(clusters).isEqualTo((long) MODULES * CLUSTERS);
      String address =
          "http://127.0.0.1:"
              + server.adminAddress().getPort()
              + "/#token="
              + server.token().value();
      for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        look(context.browser(), address, theme);
      }
    } finally {
      server.stop(Duration.ZERO);
    }
  }

  /** Opens the pages in one theme; their pictures are in target/dashboard, for people. */
  private static void look(Browser browser, String address, ColorScheme theme) {
    Page page =
        browser.newPage(
            new Browser.NewPageOptions().setColorScheme(theme).setViewportSize(1280, 900));
    page.navigate(address); // the scripts are compiled and cached now, as on any day but the first
    String rows = ".modules tbody tr:nth-child(%d)".formatted(MODULES);
    page.locator(rows).waitFor();
    opensUnderASecond(page, rows);
    picture(page, theme, "overview");
    page.navigate(address.replaceAll("#.*", "#/" + module(42)));
    opensUnderASecond(page, ".cluster >> nth=0");
    picture(page, theme, "module");
    page.setViewportSize(390, 844);
    picture(page, theme, "module-phone");
    Assertions.assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"))
        .isEqualTo(false);
    page.close();
  }

  /**
   * Counts the CPU that the page's thread takes until this is there, so that what else the machine
   * does doesn't count; the time on the clock is printed.
   */
  private static void opensUnderASecond(Page page, String selector) {
    CDPSession session = page.context().newCDPSession(page);
    JsonObject cpu = new JsonObject();
    cpu.addProperty("timeDomain", "threadTicks");
    session.send("Performance.enable", cpu);
    double before = taskMillis(session);
    page.reload(new Page.ReloadOptions().setWaitUntil(WaitUntilState.COMMIT));
    page.locator(selector).waitFor();
    double clock = ((Number) page.evaluate("performance.now()")).doubleValue();
    double took = taskMillis(session) - before;
    System.out.printf("%s: %.0f ms of CPU, %.0f ms on the clock%n", selector, took, clock);
    Assertions.assertThat(took).as(selector).isPositive().isLessThan(MOST_MILLIS);
    session.detach();
  }

  private static double taskMillis(CDPSession session) {
    for (JsonElement one : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
      JsonObject metric = one.getAsJsonObject();
      if (metric.get("name").getAsString().equals("TaskDuration")) {
        return metric.get("value").getAsDouble() * 1_000;
      }
    }
    throw new AssertionError("the browser tells no TaskDuration");
  }

  private static void picture(Page page, ColorScheme theme, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(!name.equals("overview"))
            .setPath(
                Path.of(
                    "target/dashboard",
                    name + "-" + theme.name().toLowerCase(Locale.ROOT) + ".png")));
  }
}
