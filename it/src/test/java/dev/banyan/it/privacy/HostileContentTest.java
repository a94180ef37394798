package dev.banyan.it.privacy;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import dev.banyan.it.browser.WithChromium;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithChromium
class HostileContentTest {
  private static final List<String> ATTACKS =
      List.of(
          "<script>alert(1)</script>",
          "<script src=//evil.example/x.js></script>",
          "<img src=x onerror=alert(1)>",
          "<img src=//evil.example/x>",
          "<svg onload=alert(1)>",
          "<svg><script>alert(1)</script></svg>",
          "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
          "<iframe src=javascript:alert(1)></iframe>",
          "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
          "<body onload=alert(1)>",
          "<input autofocus onfocus=alert(1)>",
          "<details open ontoggle=alert(1)>",
          "<video><source onerror=alert(1)></video>",
          "<a href=javascript:alert(1) autofocus>x</a>",
          "<math><a xlink:href=javascript:alert(1)>x</a></math>",
          "<object data=javascript:alert(1)></object>",
          "<embed src=javascript:alert(1)>",
          "<style>@import '//evil.example/x.css';</style>",
          "<link rel=stylesheet href=//evil.example/x.css>",
          "<meta http-equiv=refresh content='0;url=//evil.example/'>",
          "<base href=//evil.example/>",
          "<form action=//evil.example/><button autofocus>x</button></form>",
          "<template><img src=x onerror=alert(1)></template>",
          "javascript:alert(1)",
          "&lt;img src=x onerror=alert(1)&gt;");

  private static final List<String> WRAPPINGS =
      List.of("%s", "\"'>%s", "--></title></style></textarea></script>%s", "${%s}\u202e\u00ff");

  @TempDir Path folder;

  private static List<String> payloads() {
    List<String> payloads = new ArrayList<>();
    for (String wrapping : WRAPPINGS) {
      for (String attack : ATTACKS) {
        payloads.add(wrapping.formatted(attack));
      }
    }
    return payloads;
  }

  @Test
  void noneOfAHundredPayloadsRunsOrLeavesTheHost(BrowserContext browser) throws IOException {
    List<String> payloads = payloads();
    Assertions.assertThat(payloads).hasSize(100);
    try (Recorded recorded = new Recorded(folder)) {
      for (String payload : payloads) {
        recorded.send("/?q=" + URLEncoder.encode(payload, StandardCharsets.UTF_8), payload);
        recorded.send("/?q=" + payload.replace(' ', '+'), payload, "Cookie: a=" + payload);
      }
      await().until(() -> mismatches(recorded) >= 2 * payloads.size());
      try (Chromium chromium = new Chromium(browser, recorded)) {
        assertThat(chromium.page.locator(".modules")).isVisible();
        chromium.page.navigate(recorded.adminUrl() + "/#/echo");
        assertThat(chromium.page.locator(".cluster").first()).isVisible();
        chromium.page.evaluate(
            "document.querySelectorAll('details').forEach((d) => (d.open = true))");
        showAll(chromium);
        Assertions.assertThat(chromium.page.content()).contains("onerror=alert(1)");
        Assertions.assertThat(
                chromium.page.evaluate(
                    "document.querySelectorAll('script:not([src^=\"/assets/\"]), iframe, object,"
                        + " embed, base, meta[http-equiv], #app img:not([src=\"/assets/icon.svg\"]),"
                        + " #app style, #app link').length"))
            .isEqualTo(0);
        Assertions.assertThat(chromium.ran).isEmpty();
      }
    }
  }

  /** Every class, and every call that is kept of the largest cluster. */
  private static void showAll(Chromium chromium) {
    chromium.page.locator(".classes ~ .more").click();
    Locator older =
        chromium.page.locator(".cluster[open] button[aria-label='Older example']").first();
    for (int i = 0; i < 200; i++) {
      older.evaluate("button => button.click()");
    }
    chromium.page.waitForTimeout(500);
  }

  private static int mismatches(Recorded recorded) {
    return recorded.admin().get("/api/v1/modules/echo").path("parity").path("mismatched").asInt(0);
  }
}
