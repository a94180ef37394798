package dev.banyan.nginx;

import java.time.Duration;
import java.util.List;

/**
 * One {@code proxy_cache_path}.
 *
 * @param zone the name of its keys' zone
 * @param path the folder, absolute
 * @param levels how many digits the folders in it have, one in the other
 * @param keysSize octets of the keys' zone
 * @param inactive after how long without a use a file goes
 * @param maxSize what the files may take; 0 for no bound
 * @param minFree what is to stay free on the file system; 0 for no bound
 */
public record CachePath(
    String zone,
    String path,
    List<Integer> levels,
    long keysSize,
    Duration inactive,
    long maxSize,
    long minFree) {
  public CachePath {
    levels = List.copyOf(levels);
  }

  /** Whether the other one is of the same files, so that what is known of them still holds. */
  public boolean sameFiles(CachePath other) {
    return zone.equals(other.zone)
        && path.equals(other.path)
        && levels.equals(other.levels)
        && keysSize == other.keysSize;
  }
}
