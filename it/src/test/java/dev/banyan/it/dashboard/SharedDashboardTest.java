package dev.banyan.it.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.banyan.it.browser.WithChromium;
import dev.banyan.server.serve.BanyanServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people at one module, and one person with many tabs. */
@WithChromium
class SharedDashboardTest {
  private static final int MORE_THAN_A_BROWSER_CONNECTS = 8;

  @TempDir Path folder;
  private BanyanServer server;

  @BeforeEach
  void start() throws IOException {
    server = GreetingEdge.start(folder).server();
  }

  @AfterEach
  void stop() {
    server.stop(Duration.ZERO);
  }

  private String address() {
    return "http://127.0.0.1:" + server.adminAddress().getPort();
  }

  private Page open(BrowserContext browser) {
    Page page = browser.newPage();
    page.navigate(address() + "/#/greeting&token=" + server.token().value());
    return page;
  }

  private int rollBackAs(String who) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address() + "/api/v1/modules/greeting/rollback"))
            .header("Authorization", "Bearer " + server.token().value())
            .POST(BodyPublishers.ofString("{\"who\":\"" + who + "\",\"why\":\"users complain\"}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void whoDidNotSeeWhatAnotherDidIsToldBeforeItIsOverridden(BrowserContext browser)
      throws IOException, InterruptedException {
    Page page = open(browser);
    page.locator(".modes button", new Page.LocatorOptions().setHasText("java")).click();
    page.getByLabel("Why").fill("parity holds");
    page.getByLabel("Who").fill("ann");
    Assertions.assertThat(rollBackAs("bob")).isEqualTo(200);

    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.ALERT))
        .containsText("greeting was changed meanwhile: lua → lua by bob (users complain)");
    assertThat(page.locator(".modes .on")).hasText("lua");

    page.keyboard().press("Enter");
    assertThat(page.locator(".modes .on")).hasText("java");
  }

  private static void look(Page page, boolean hidden) {
    page.evaluate(
        """
        hidden => {
          Object.defineProperty(document, "hidden", {configurable: true, get: () => hidden});
          document.dispatchEvent(new Event("visibilitychange"));
        }
        """,
        hidden);
  }

  @Test
  void tabsThatNobodyLooksAtLeaveConnectionsToTheOthers(BrowserContext browser) {
    LocatorAssertions.HasTextOptions patient =
        new LocatorAssertions.HasTextOptions().setTimeout(20_000);
    List<Page> tabs = new ArrayList<>();
    for (int i = 0; i < MORE_THAN_A_BROWSER_CONNECTS; i++) {
      Page tab = open(browser);
      assertThat(tab.locator("header.top .state")).hasText("ready", patient);
      tabs.add(tab);
      look(tab, true);
    }
    Locator first = tabs.getFirst().locator("header.top .state");
    assertThat(first).hasText("reconnecting…", patient);
    look(tabs.getFirst(), false);
    assertThat(first).hasText("ready", patient);
  }
}
