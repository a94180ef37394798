package dev.banyan.nginx;

import dev.banyan.nginx.script.ConfRegex;
import java.util.List;
import java.util.Set;

/**
 * Compression.
 *
 * @param types the media types to compress; {@code *} means any
 * @param minHttpVersion 1.0 or 1.1
 * @param disabledAgents the user agents that get no compressed answers
 * @param disabledOldExplorer whether Internet Explorer 4 to 6 is one of them, but for 6.0 SV1
 */
public record GzipSettings(
    boolean enabled,
    int level,
    long minLength,
    Set<String> types,
    double minHttpVersion,
    Set<Proxied> proxied,
    List<ConfRegex> disabledAgents,
    boolean disabledOldExplorer,
    boolean vary,
    boolean gunzip,
    StaticMode staticFiles) {
  public GzipSettings {
    types = Set.copyOf(types);
    proxied = Set.copyOf(proxied);
    disabledAgents = List.copyOf(disabledAgents);
  }

  /** {@code gzip_proxied}. */
  public enum Proxied {
    OFF,
    EXPIRED,
    NO_CACHE,
    NO_STORE,
    PRIVATE,
    NO_LAST_MODIFIED,
    NO_ETAG,
    AUTH,
    ANY
  }

  /** {@code gzip_static}. */
  public enum StaticMode {
    OFF,
    ON,
    ALWAYS
  }
}
