package dev.banyan.server.progress;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Immutable: everything that is remembered.
 *
 * @param past stretches that have ended, the oldest first
 * @param open the hour that goes on
 * @param tracks by module
 */
public record ProgressState(List<Stretch> past, Stretch open, Map<String, ModuleTrack> tracks) {
  /** Copies the collections. */
  public ProgressState {
    past = List.copyOf(past);
    tracks = Collections.unmodifiableMap(new TreeMap<>(tracks));
  }
}
