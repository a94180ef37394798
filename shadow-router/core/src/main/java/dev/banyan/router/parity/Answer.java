package dev.banyan.router.parity;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Immutable plain data, for any thread: what one side did, so that it can be compared. */
public sealed interface Answer permits Observation, PathAnswer {
  /** As one tree, for comparing and for showing. */
  Map<String, @Nullable Object> tree();

  /** How it ended, such as {@code next} or {@code Exit[status=403]}. */
  String decision();

  /** Class and message of the error, or null. */
  @Nullable String error();
}
