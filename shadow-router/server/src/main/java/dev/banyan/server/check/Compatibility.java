package dev.banyan.server.check;

import dev.banyan.lua.ngx.ApiEntry;
import dev.banyan.nginx.syntax.DirectiveSpec;
import java.util.Locale;

/**
 * Immutable: how far one name is supported.
 *
 * @param note why it is missing or how it deviates; empty otherwise
 */
public record Compatibility(Level level, String note) {
  /** How far. */
  public enum Level {
    /** As on nginx. */
    SUPPORTED,
    /** There, with a difference. */
    DEVIATES,
    /** Not there. */
    MISSING;

    /** The word for it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Compatibility of(DirectiveSpec spec) {
    return switch (spec.status()) {
      case UNSUPPORTED -> new Compatibility(Level.MISSING, spec.note());
      case NOTICE -> new Compatibility(Level.DEVIATES, "accepted without effect: " + spec.note());
      case SUPPORTED ->
          spec.note().isEmpty()
              ? new Compatibility(Level.SUPPORTED, "")
              : new Compatibility(Level.DEVIATES, spec.note());
    };
  }

  static Compatibility of(ApiEntry entry) {
    Level level =
        switch (entry.support()) {
          case FULL -> Level.SUPPORTED;
          case DEVIATES -> Level.DEVIATES;
          case MISSING -> Level.MISSING;
        };
    return new Compatibility(level, entry.note());
  }
}
