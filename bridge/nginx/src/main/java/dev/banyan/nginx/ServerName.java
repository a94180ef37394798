package dev.banyan.nginx;

import dev.banyan.nginx.script.ConfRegex;

/** One word of {@code server_name}. */
public sealed interface ServerName {
  /** The word as written. */
  String text();

  /** A plain name, in lower case; empty answers requests without a Host. */
  record Exact(String text) implements ServerName {}

  /**
   * {@code *.example.com}, or {@code .example.com}, which takes {@code example.com} too.
   *
   * @param suffix the part from the first dot on, in lower case
   */
  record Leading(String text, String suffix, boolean bare) implements ServerName {}

  /**
   * {@code www.example.*}.
   *
   * @param prefix the part up to the last dot, in lower case
   */
  record Trailing(String text, String prefix) implements ServerName {}

  /** {@code ~pattern}. */
  record Regex(String text, ConfRegex regex) implements ServerName {}
}
