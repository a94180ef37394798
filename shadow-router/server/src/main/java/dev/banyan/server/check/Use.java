package dev.banyan.server.check;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Immutable: what one file uses, once for each name.
 *
 * @param line where it is used first
 */
public record Use(Path file, int line, Kind kind, String name, Compatibility compatibility) {
  /** What a name stands for. */
  public enum Kind {
    /** A directive of an nginx.conf. */
    DIRECTIVE("directive", "directives"),
    /** A function or method of {@code ngx.*} and of Lua's libraries. */
    FUNCTION("ngx function", "ngx functions"),
    /** A constant, or a table such as {@code ngx.var}. */
    VALUE("ngx constant or table", "ngx constants and tables"),
    /** What {@code require} gives without a file. */
    MODULE("built-in module", "built-in modules");

    private final String one;
    private final String many;

    Kind(String one, String many) {
      this.one = one;
      this.many = many;
    }

    /** The word for so many of them. */
    public String noun(long count) {
      return count == 1 ? one : many;
    }

    /** The word for scripts. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
