package dev.banyan.it.edge;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets every test wait for what it waits for as long as a machine with other work may need; what
 * comes sooner is not waited for. JUnit finds it by {@code META-INF/services}.
 */
public final class Patience implements BeforeAllCallback {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(LONGEST);
    PlaywrightAssertions.setDefaultAssertionTimeout((double) LONGEST.toMillis());
  }
}
