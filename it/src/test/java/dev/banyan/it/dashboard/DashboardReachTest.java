package dev.banyan.it.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.banyan.it.browser.WithChromium;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard for who uses no mouse, sees little, or reads while figures come. */
@WithChromium
class DashboardReachTest {
  @TempDir Path folder;
  private GreetingEdge edge;
  private Page page;

  @BeforeEach
  void start(BrowserContext browser) throws IOException {
    edge = GreetingEdge.start(folder);
    page = browser.newPage();
  }

  @AfterEach
  void stop() {
    edge.server().stop(Duration.ZERO);
  }

  private void open(String hash) {
    page.navigate(
        "http://127.0.0.1:"
            + edge.server().adminAddress().getPort()
            + "/"
            + hash
            + "token="
            + edge.server().token().value());
    assertThat(page.locator("header.top .state")).hasText("ready");
  }

  private void ask(String name) throws IOException, InterruptedException {
    try (HttpClient user = HttpClient.newHttpClient()) {
      user.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + "/?name=" + name))
              .build(),
          BodyHandlers.discarding());
    }
  }

  private void press(Locator button) {
    button.focus();
    page.keyboard().press("Enter");
  }

  private Locator mode(String name) {
    return page.locator(".modes button", new Page.LocatorOptions().setHasText(name));
  }

  private void toShadow() {
    press(mode("shadow"));
    page.keyboard().type("first look");
    page.keyboard().press("Tab");
    page.keyboard().type("ann");
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
    assertThat(page.locator(".modes .on")).hasText("shadow");
  }

  private void waitForFigures() {
    String drawn = page.locator("header.top").textContent();
    assertThat(page.locator("header.top")).not().hasText(drawn);
  }

  @Test
  void theFocusIsWhereTheWorkIs() {
    open("#");
    press(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("greeting")).first());
    assertThat(page.locator("main.module")).isFocused();
    assertThat(page).hasTitle("greeting – Banyan");

    toShadow();
    assertThat(mode("shadow")).isFocused();
    waitForFigures();
    assertThat(mode("shadow")).isFocused();
    page.keyboard().press("Enter"); // the mode is in force already
    assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();

    press(mode("java"));
    page.keyboard().press("Escape");
    assertThat(mode("java")).isFocused();
    press(page.locator(".skip"));
    assertThat(page.locator("main")).isFocused();
    assertThat(page).hasURL(Pattern.compile(".*#/greeting$"));
  }

  @Test
  void whatIsReadStaysWhileFurtherMismatchesCome() throws IOException, InterruptedException {
    open("#/greeting&");
    toShadow();
    ask("zoe");
    assertThat(page.locator(".diff .side.lua")).containsText("hello zoe");
    ask("zac");
    assertThat(page.locator(".stepper")).containsText("2 of the 2 calls kept");
    assertThat(page.locator(".diff .side.lua")).containsText("hello zoe");

    press(page.locator(".cluster summary").first());
    ask("zed");
    assertThat(page.locator(".cluster .badge")).hasText("3");
    Assertions.assertThat(page.locator(".cluster").getAttribute("open")).isNull();
  }

  @Test
  void whatCouldNotBeLoadedIsLoadedWhenItCanBe() {
    open("#/greeting&");
    toShadow();
    page.route("**/api/v1/audit*", Route::abort);
    page.reload();
    assertThat(page.locator(".modes .on")).hasText("shadow");
    assertThat(page.locator(".audit")).hasCount(0);
    page.unroute("**/api/v1/audit*");
    assertThat(page.locator(".audit")).containsText("first look");
  }

  @Test
  void everyTextStandsOutFromWhatIsBehindIt() throws IOException, InterruptedException {
    open("#/greeting&");
    toShadow();
    ask("zoe");
    assertThat(page.locator(".diff .side.lua")).containsText("hello zoe");
    String script = script();
    for (ColorScheme theme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
      page.evaluate(
          """
          document.querySelectorAll("details").forEach((one) => (one.open = true));
          for (const place of document.querySelectorAll(".card")) {
            for (const name of ["lua", "shadow", "canary", "java", "retired"]) {
              const pill = document.createElement("span");
              pill.className = `pill ${name}`;
              pill.textContent = name;
              place.append(pill);
            }
          }
          """);
      Assertions.assertThat(page.evaluate(script)).as(theme.name()).isEqualTo("{}");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Overview")).click();
      assertThat(page.locator(".modules tbody tr")).hasCount(1);
      Assertions.assertThat(page.evaluate(script)).as("overview " + theme).isEqualTo("{}");
      page.goBack();
      assertThat(page.locator(".diff .side.lua")).isVisible();
    }
  }

  private static String script() throws IOException {
    try (InputStream in = DashboardReachTest.class.getResourceAsStream("contrast.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
