package dev.banyan.nginx;

import dev.banyan.nginx.HeaderSettings.Expires;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Owned by the thread that loads a configuration: reads {@link HeaderSettings}. */
final class HeaderReader {
  private final Scope scope;

  HeaderReader(Scope scope) {
    this.scope = scope;
  }

  HeaderSettings read() {
    return new HeaderSettings(
        added("add_header"),
        added("add_trailer"),
        scope.read("expires", Expires.NONE, this::expires));
  }

  private List<HeaderSettings.Added> added(String name) {
    List<HeaderSettings.Added> added = new ArrayList<>();
    for (Directive d : scope.nearest(name)) {
      boolean always = d.args().size() == 3;
      if (always && !d.arg(2).equals("always")) {
        scope.problem(d, "invalid parameter \"" + d.arg(2) + "\"");
      }
      added.add(new HeaderSettings.Added(d.arg(0), scope.compiler().template(d, d.arg(1)), always));
    }
    return added;
  }

  private Expires expires(Directive directive) {
    boolean modified = directive.args().size() == 2;
    if (modified && !directive.arg(0).equals("modified")) {
      throw directive.invalidValue();
    }
    String value = directive.args().getLast();
    if (value.indexOf('$') >= 0) {
      Expires.Kind kind = modified ? Expires.Kind.MODIFIED : Expires.Kind.COMPUTED;
      return new Expires(kind, Duration.ZERO, scope.compiler().template(directive, value));
    }
    if (!modified && value.startsWith("@") && overADay(value.substring(1))) {
      throw directive.error("\"expires\" directive daily time value must be less than 24 hours");
    }
    Expires expires = parse(value, modified);
    if (expires == null) {
      throw directive.invalidValue();
    }
    return expires;
  }

  private static boolean overADay(String time) {
    try {
      return Units.seconds(time).compareTo(Duration.ofDays(1)) > 0;
    } catch (NumberFormatException | ArithmeticException e) {
      return false; // Reported as invalid by whoever reads it.
    }
  }

  /**
   * Reads a value that is known: at load, or by the gateway what a template gave; null for none.
   */
  static @org.jspecify.annotations.Nullable Expires parse(String value, boolean modified) {
    if (!modified) {
      switch (value) {
        case "off" -> {
          return Expires.NONE;
        }
        case "epoch" -> {
          return new Expires(Expires.Kind.EPOCH, Duration.ZERO, null);
        }
        case "max" -> {
          return new Expires(Expires.Kind.MAX, Duration.ZERO, null);
        }
        default -> {
          // A time.
        }
      }
    }
    boolean daily = value.startsWith("@") && !modified;
    boolean negative = value.startsWith("-");
    boolean signed = daily || negative || value.startsWith("+");
    try {
      Duration time = Units.seconds(signed ? value.substring(1) : value);
      Expires.Kind kind =
          daily ? Expires.Kind.DAILY : modified ? Expires.Kind.MODIFIED : Expires.Kind.ACCESS;
      return new Expires(kind, negative ? time.negated() : time, null);
    } catch (NumberFormatException | ArithmeticException e) {
      return null;
    }
  }
}
