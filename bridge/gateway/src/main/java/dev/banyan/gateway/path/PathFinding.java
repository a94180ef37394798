package dev.banyan.gateway.path;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Immutable: what a dry run came to. */
public sealed interface PathFinding {
  /**
   * Both paths, by place: {@code upstream.header x-user} to its values.
   *
   * @param ending how the old path ended, such as {@code proxied} or {@code answered 403}
   * @param old what the old path did
   * @param dry what the new one would have done
   * @param unmeasured why parts of the request are left out
   */
  record Compared(
      String ending,
      Map<String, @Nullable Object> old,
      Map<String, @Nullable Object> dry,
      List<String> unmeasured)
      implements PathFinding {
    /** Copies both. */
    public Compared {
      old = Collections.unmodifiableMap(new TreeMap<>(old));
      dry = Collections.unmodifiableMap(new TreeMap<>(dry));
    }
  }

  /** No verdict follows, and why. */
  record NotMeasured(String reason) implements PathFinding {}
}
