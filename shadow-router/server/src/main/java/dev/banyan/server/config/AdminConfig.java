package dev.banyan.server.config;

import java.nio.file.Path;

/**
 * Immutable: the admin listener.
 *
 * @param host a loopback address
 * @param port 0 picks a free one
 * @param tokenFile holds the bearer token; made with a fresh one when it is missing
 */
public record AdminConfig(String host, int port, Path tokenFile) {
  /** Where the listener is unless configured. */
  public static final String DEFAULT_LISTEN = "127.0.0.1:9901";

  /** The token's file, below the state folder, unless configured. */
  public static final String DEFAULT_TOKEN_FILE = "admin-token";
}
