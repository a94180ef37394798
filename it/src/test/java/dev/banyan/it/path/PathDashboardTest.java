package dev.banyan.it.path;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.banyan.it.browser.WithChromium;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole requests on the dashboard's first page, in a real browser. */
@WithChromium
final class PathDashboardTest {
  @TempDir Path folder;

  @Test
  void differencesOfWholeRequestsAppearWithTheirPlacesAndReasons(BrowserContext browser)
      throws Exception {
    try (PathEdge edge = PathEdge.start(folder, "path-percent: 100")) {
      Page page = browser.newPage();
      page.navigate(edge.dashboard());
      Locator card = page.getByLabel("Whole requests");
      assertThat(card).containsText("100 % of the requests that Lua serves");
      edge.ask("/right?who=ann");
      assertThat(card).containsText("1 of 1 agree");
      edge.ask("/right?who=eve");
      edge.ask("/count");
      assertThat(card.locator(".cluster > summary")).containsText("upstream.header x-level");
      assertThat(card).containsText("no pipeline for rewrite_by_lua of location /count");
      card.locator(".cluster > summary").click();
      assertThat(card.locator(".diff .side.lua").first()).isVisible();
      Locator command = card.getByLabel("Reproducer").locator(".command code");
      assertThat(command).containsText("banyan reproduce --cluster ");
      edge.run("reproduce");
      page.reload();
      card.locator(".cluster > summary").click();
      assertThat(card.getByLabel("Reproducer")).containsText("GET /right?who=eve");
    }
  }
}
