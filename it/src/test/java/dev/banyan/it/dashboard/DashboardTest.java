package dev.banyan.it.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.banyan.cli.Banyan;
import dev.banyan.it.browser.WithChromium;
import dev.banyan.server.serve.BanyanServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithChromium
class DashboardTest {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";

  @TempDir Path folder;
  private final HttpClient users = HttpClient.newHttpClient();
  private int port;
  private BanyanServer server;
  private Page page;

  @BeforeEach
  void start(BrowserContext browser) throws IOException {
    GreetingEdge edge = GreetingEdge.start(folder);
    port = edge.port();
    server = edge.server();
    open(browser);
  }

  private void open(BrowserContext browser) {
    page = browser.newPage();
    page.onDialog(dialog -> {
      throw new AssertionError("a script ran: " + dialog.message());
    });
    visit(server.adminAddress().getPort());
  }

  private void visit(int admin) {
    page.navigate("http://127.0.0.1:" + admin + "/#token=" + server.token().value());
  }

  @AfterEach
  void stop() {
    server.stop(Duration.ZERO);
  }

  private String ask(String name) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + port
                        + "/?name="
                        + URLEncoder.encode(name, StandardCharsets.UTF_8)))
            .build();
    HttpResponse<String> answer = users.send(request, BodyHandlers.ofString());
    return answer.body();
  }

  private static LocatorAssertions.HasTextOptions patient() {
    return new LocatorAssertions.HasTextOptions().setTimeout(20_000);
  }

  private void setMode(String mode, String why) {
    page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Mode"))
        .getByRole(AriaRole.BUTTON)
        .filter(new Locator.FilterOptions().setHasText(mode))
        .click();
    confirm(why);
  }

  private void confirm(String why) {
    page.getByLabel("Why").fill(why);
    page.getByLabel("Who").fill("ann");
    page.keyboard().press("Enter");
  }

  @Test
  void aPlantedBugIsSeenAndRolledBackByClicking() throws IOException, InterruptedException {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("greeting")).first().click();
    setMode("shadow", "first look");
    assertThat(page.locator(".modes .on")).hasText("shadow");

    Assertions.assertThat(ask("anna")).isEqualTo("hello anna");
    assertThat(page.locator(".hero")).containsText("100 %");
    Assertions.assertThat(ask("z" + HOSTILE)).startsWith("hello z");
    assertThat(page.locator(".hero")).containsText("50.0 %");
    assertThat(page.locator(".classes tbody tr")).hasCount(1);
    assertThat(page.locator(".classes tbody tr")).containsText("text · GET / · next");
    assertThat(page.locator(".proof")).containsText("1 of 1 classes are below 99.0 %");
    assertThat(page.locator(".diff .side.lua")).containsText("hello z");
    assertThat(page.locator(".diff .side.java")).containsText("HELLO z");

    setMode("java", "on purpose");
    assertThat(page.locator(".modes .on")).hasText("java");
    Assertions.assertThat(ask("zoe")).isEqualTo("HELLO zoe");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Roll back")).click();
    confirm("users see capitals");
    assertThat(page.locator(".modes .on")).hasText("lua");
    Assertions.assertThat(ask("zoe")).isEqualTo("hello zoe");
    assertThat(page.locator(".audit")).containsText("users see capitals");
  }

  @Test
  void aMismatchIsShownWithTheCommandThatReproducesItAndThenWithTheSmallestCall()
      throws IOException, InterruptedException {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("greeting")).first().click();
    setMode("shadow", "first look");
    assertThat(page.locator(".modes .on")).hasText("shadow");
    Locator reproducer = page.locator(".reproducer");
    for (int i = 0; i < 150 && !reproducer.getByRole(AriaRole.BUTTON).isVisible(); i++) {
      ask("zoe and " + HOSTILE);
      page.waitForTimeout(200);
    }
    String command = reproducer.locator(".command code").textContent();
    Assertions.assertThat(command).matches("banyan reproduce greeting [0-9a-f]{8} --save");

    StringWriter out = new StringWriter();
    String id = command.split(" ")[3];
    int code =
        Banyan.run(
            new PrintWriter(out, true),
            new PrintWriter(out, true),
            "reproduce",
            "greeting",
            id,
            "--config",
            folder.resolve("banyan.yaml").toString(),
            "--admin",
            "http://127.0.0.1:" + server.adminAddress().getPort());
    Assertions.assertThat(code).as(out.toString()).isZero();
    Assertions.assertThat(out.toString())
        .contains("arguments  [\"z\"]", "expected, as Lua: \"hello z\"");

    page.reload();
    assertThat(reproducer.locator(".input")).containsText("arguments  [\"z\"]");
    assertThat(reproducer.locator(".diff .side.java")).containsText("HELLO z");
    page.setViewportSize(390, 800);
    noOverflow();
  }

  @Test
  void whatIsTypedStaysWhileThePageDrawsNewFigures() {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("greeting")).first().click();
    page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Mode"))
        .getByRole(AriaRole.BUTTON)
        .filter(new Locator.FilterOptions().setHasText("shadow"))
        .click();
    page.getByLabel("Why").fill("first look");
    page.getByLabel("Who").fill("ann");
    String drawn = page.locator("header.top").textContent();
    assertThat(page.locator("header.top")).not().hasText(drawn);
    assertThat(page.getByLabel("Why")).hasValue("first look");
    assertThat(page.getByLabel("Who")).hasValue("ann");
    page.keyboard().press("Enter");
    assertThat(page.locator(".modes .on")).hasText("shadow");
  }

  @Test
  void aLinkThatFellSilentIsNotTakenForOneThatIsUp() throws IOException {
    try (SilentLink link = SilentLink.to(server.adminAddress().getPort())) {
      page.navigate("about:blank");
      visit(link.port());
      Locator state = page.locator("header.top .state");
      Locator facts = page.locator("header.top .facts");
      assertThat(state).hasText("ready");

      link.fallSilent();
      assertThat(state).hasText("reconnecting…", patient());
      assertThat(facts).hasText(Pattern.compile("^what is shown is \\d+ s old$"));
      String age = facts.textContent();
      assertThat(facts).not().hasText(age);

      link.speak();
      assertThat(state).hasText("ready", patient());
      assertThat(facts).containsText("flags v");
    }
  }

  @Test
  void aModuleIsRolledBackFromTheFirstPage() throws IOException, InterruptedException {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("greeting")).first().click();
    setMode("java", "on purpose");
    assertThat(page.locator(".modes .on")).hasText("java");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("All modules")).click();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Roll back greeting"))
        .click();
    confirm("users see capitals");
    assertThat(page.locator(".modules .pill")).hasText("lua");
    assertThat(page.locator(".modules button")).hasCount(0);
    Assertions.assertThat(ask("zoe")).isEqualTo("hello zoe");
  }

  @Test
  void theInventoryTheProgressAndTheProofAreShownAndOverflowNoPhone() throws Exception {
    assertThat(page.locator(".migration canvas")).isVisible();
    assertThat(page.locator(".facts-list")).containsText("not enough history for a forecast");
    Assertions.assertThat(ask("anna")).isEqualTo("hello anna");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Inventory")).click();
    assertThat(page.locator(".inventory tbody tr")).containsText("greeting");
    page.setViewportSize(390, 800);
    noOverflow();
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Overview")).click();
    assertThat(page.locator(".migration canvas")).isVisible();
    noOverflow();
    page.setViewportSize(1280, 800);
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("greeting")).first().click();
    setMode("java", "on purpose");
    assertThat(page.locator(".verdict")).hasText("Not yet.");
    assertThat(page.locator(".evidence .missing").first()).containsText("fail mode");
  }

  /**
   * Charts take their new width a frame after the page has its own. Asked from here each time: what
   * the page itself would ask again is a text that its security policy lets nobody evaluate.
   */
  private void noOverflow() {
    for (int i = 0; i < 150 && !tooWide().isEmpty(); i++) {
      page.waitForTimeout(200);
    }
    Assertions.assertThat(tooWide()).as("wider than the page").isEmpty();
  }

  private String tooWide() {
    Object elements =
        page.evaluate(
            """
            document.documentElement.scrollWidth <= document.documentElement.clientWidth ? "" :
              "scrolls; beyond: " + [...document.querySelectorAll("body *")]
                .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth)
                .map(e => e.tagName + "." + e.className).join(", ")
            """);
    return String.valueOf(elements);
  }

  @Test
  void theTokenLeavesTheAddressAndAWrongOneOpensNothing() {
    assertThat(page.locator(".state")).hasText("ready");
    assertThat(page).hasURL(Pattern.compile(".*/$"));
    page.evaluate("sessionStorage.setItem('banyan-token', 'wrong')");
    page.reload();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("not accepted");
  }

  @Test
  void everyButtonIsReachedByKeyboardAndNothingOverflowsAPhone() {
    page.setViewportSize(390, 800);
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("greeting")).first().focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).hasText("greeting");
    noOverflow();
    page.locator(".modes button", new Page.LocatorOptions().setHasText("shadow")).focus();
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
  }
}
