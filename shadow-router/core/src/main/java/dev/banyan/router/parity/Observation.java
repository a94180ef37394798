package dev.banyan.router.parity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Immutable plain data, for any thread: what one side answered to one call.
 *
 * <p>A tree is made of null, Boolean, Double, String (octets), List and Map with string keys.
 *
 * @param decision how the request goes on, such as {@code next} or {@code respond 403}
 * @param results what the caller got back
 * @param effects what the call changed, by place: {@code request-header x-user} to its value
 * @param error class and message of the error, or null
 */
public record Observation(
    String decision,
    List<@Nullable Object> results,
    Map<String, @Nullable Object> effects,
    @Nullable String error)
    implements Answer {
  /** Copies the collections. */
  public Observation {
    results = Collections.unmodifiableList(new ArrayList<>(results));
    effects = Collections.unmodifiableMap(new TreeMap<>(effects));
  }

  @Override
  public Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree = new TreeMap<>();
    tree.put("decision", decision);
    tree.put("effects", effects);
    tree.put("results", results);
    if (error != null) {
      tree.put("error", error);
    }
    return tree;
  }
}
