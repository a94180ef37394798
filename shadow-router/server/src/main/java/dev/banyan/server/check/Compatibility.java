package dev.banyan.server.check;

import dev.banyan.lua.ngx.ApiEntry;
import dev.banyan.nginx.syntax.DirectiveSpec;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Immutable: how far one name is supported.
 *
 * @param note why it is missing or how it deviates; empty otherwise
 */
public record Compatibility(Level level, String note) {
  /** A note that is about some parameters only. */
  private static final Pattern PARAMETERS =
      Pattern.compile("(.*) (?:is|are) accepted without effect");

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

  /** As of the table, less a difference of parameters that this use doesn't have. */
  static Compatibility of(DirectiveSpec spec, List<String> args) {
    Matcher matcher = PARAMETERS.matcher(spec.note());
    boolean concerned =
        spec.status() != DirectiveSpec.Status.SUPPORTED
            || !matcher.matches()
            || args.stream().anyMatch(arg -> names(matcher.group(1)).contains(name(arg)));
    return concerned ? of(spec) : new Compatibility(Level.SUPPORTED, "");
  }

  private static List<String> names(String list) {
    return List.of(list.split(", | and "));
  }

  private static String name(String arg) {
    int equals = arg.indexOf('=');
    return equals < 0 ? arg : arg.substring(0, equals);
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
