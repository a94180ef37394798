package dev.banyan.host;

import dev.banyan.api.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread: the query arguments that it has parsed last. Most often the ports of one
 * request look at the same ones, one after the other.
 */
final class LastArguments {
  private static final ThreadLocal<LastArguments> LAST =
      ThreadLocal.withInitial(LastArguments::new);

  private @Nullable String raw;
  private Arguments arguments = Arguments.parse(null, 0);

  private LastArguments() {}

  /** As {@link Arguments#parse}. */
  static Arguments of(String raw, int max) {
    return raw.isEmpty() ? Arguments.parse(null, max) : LAST.get().parsed(raw, max);
  }

  @SuppressWarnings("ReferenceEquality") // the same text of the same request, known at a glance
  private Arguments parsed(String text, int max) {
    if (raw == text && !arguments.truncated() && (max == 0 || arguments.entries().size() <= max)) {
      return arguments;
    }
    Arguments parsed = Arguments.parse(text, max);
    raw = text;
    arguments = parsed;
    return parsed;
  }
}
