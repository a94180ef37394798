package dev.banyan.router.parity;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Immutable: where a module's Lua answers otherwise than itself, given the same call and the same
 * world.
 *
 * @param measured calls that Lua answered twice
 * @param differed those of them that it answered in two ways
 * @param places the noisiest first, at most {@link NoiseBook#MAX_PLACES}
 * @param unmeasured calls that were chosen and could not be answered twice, by reason
 */
public record Noise(
    long measured, long differed, List<Place> places, Map<String, Long> unmeasured) {
  /** Nothing was measured. */
  public static final Noise NONE = new Noise(0, 0, List.of(), Map.of());

  /** Copies both. */
  public Noise {
    places = List.copyOf(places);
    unmeasured = Map.copyOf(unmeasured);
  }

  /**
   * A place that is noisy.
   *
   * @param place as a {@link Shape} names it
   * @param calls how many of the calls of the function differed there
   * @param last when the last did
   */
  public record Place(String function, String place, long calls, Instant last) {}

  /** Whether Lua was seen to differ from itself there. */
  public boolean isNoisy(String function, String place) {
    return places.stream()
        .anyMatch(one -> one.function().equals(function) && one.place().equals(place));
  }

  /** Whether all places of a cause are noisy, so that the port may be right. */
  public boolean covers(Shape shape) {
    return !shape.parts().isEmpty()
        && shape.parts().stream().allMatch(part -> isNoisy(shape.function(), part.place()));
  }
}
