package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;

/**
 * Where files come from.
 *
 * @param path the folder, absolute unless it starts with a variable
 * @param cut how many characters of a URI it replaces: those of the name of the location that has
 *     the {@code alias}, also for a location within it; {@link #ALL} where that one is a regular
 *     expression; 0 for {@code root}
 */
public record DocumentRoot(Template path, int cut) {
  /** The whole URI is replaced. */
  public static final int ALL = Integer.MAX_VALUE;

  /** Whether it replaces something of the URI instead of preceding it. */
  public boolean alias() {
    return cut > 0;
  }
}
