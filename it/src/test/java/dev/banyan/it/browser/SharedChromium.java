package dev.banyan.it.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

/**
 * One Chromium for all tests of a JVM, started for the first that wants it: its start, with
 * Playwright's own, takes longer than most tests.
 */
public final class SharedChromium extends TypeBasedParameterResolver<BrowserContext> {
  private static final Path BINARY = Path.of("/usr/bin/chromium");
  private static final Namespace OWN = Namespace.create(SharedChromium.class);

  /** Closed by JUnit when the last test of the JVM has ended. */
  private record Running(Playwright playwright, Browser browser) implements AutoCloseable {
    static Running start() {
      Playwright playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      return new Running(
          playwright,
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(BINARY)
                      .setArgs(
                          List.of(
                              "--no-sandbox",
                              "--disable-gpu",
                              "--disable-background-networking"))));
    }

    @Override
    public void close() {
      playwright.close();
    }
  }

  /** One test's context, closed with the test. */
  private record Context(BrowserContext context) implements AutoCloseable {
    @Override
    public void close() {
      context.close();
    }
  }

  /** Whether it is installed. */
  public static boolean isThere() {
    return Files.isExecutable(BINARY);
  }

  @Override
  public BrowserContext resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Running running =
        test.getRoot()
            .getStore(OWN)
            .computeIfAbsent(Running.class, _ -> Running.start(), Running.class);
    return test.getStore(OWN)
        .computeIfAbsent(
            Context.class, _ -> new Context(running.browser().newContext()), Context.class)
        .context();
  }
}
