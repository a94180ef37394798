package dev.banyan.router.parity;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Immutable plain data, for any thread: what one path did with a whole request.
 *
 * @param decision how the path ended, such as {@code proxied} or {@code Answered[status=403]}
 * @param places what it sent and did, by place: {@code upstream.header x-user} to its values
 */
public record PathAnswer(String decision, Map<String, @Nullable Object> places) implements Answer {
  /** Copies the places. */
  public PathAnswer {
    places = Collections.unmodifiableMap(new TreeMap<>(places));
  }

  @Override
  public Map<String, @Nullable Object> tree() {
    return places;
  }

  @Override
  public @Nullable String error() {
    return null;
  }
}
