package dev.banyan.it.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives tests a {@link com.microsoft.playwright.BrowserContext} of their own, which knows nothing
 * of others, in one Chromium for all tests of a JVM. They are skipped where it isn't installed.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf("dev.banyan.it.browser.SharedChromium#isThere")
@ExtendWith(SharedChromium.class)
public @interface WithChromium {}
