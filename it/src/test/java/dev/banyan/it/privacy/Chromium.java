package dev.banyan.it.privacy;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real Chromium on the dashboard, and what of it ran that isn't the dashboard's. */
final class Chromium implements AutoCloseable {
  private static final Path BINARY = Path.of("/usr/bin/chromium");

  final List<String> ran = new CopyOnWriteArrayList<>();
  final Page page;
  private final Playwright playwright;

  Chromium(Recorded recorded) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(BINARY)
                    .setArgs(
                        List.of(
                            "--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    page = browser.newPage();
    page.onDialog(dialog -> {
      ran.add("dialog: " + dialog.message());
      dialog.dismiss();
    });
    page.onRequest(request -> {
      if (!request.url().startsWith(recorded.adminUrl() + "/")) {
        ran.add("request: " + request.url());
      }
    });
    page.onConsoleMessage(message -> {
      if (message.text().contains("Content Security Policy")) {
        ran.add("stopped by the policy only: " + message.text());
      }
    });
    page.navigate(recorded.adminUrl() + "/#token=" + recorded.server.token().value());
  }

  static boolean isThere() {
    return Files.isExecutable(BINARY);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
