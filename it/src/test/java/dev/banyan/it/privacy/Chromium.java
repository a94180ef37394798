package dev.banyan.it.privacy;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real Chromium on the dashboard, and what of it ran that isn't the dashboard's. */
final class Chromium implements AutoCloseable {
  final List<String> ran = new CopyOnWriteArrayList<>();
  final Page page;

  Chromium(BrowserContext browser, Recorded recorded) {
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

  @Override
  public void close() {
    page.close();
  }
}
