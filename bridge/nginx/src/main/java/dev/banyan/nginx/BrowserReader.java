package dev.banyan.nginx;

import dev.banyan.nginx.BrowserSettings.Kind;
import dev.banyan.nginx.BrowserSettings.Modern;
import dev.banyan.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Owned by the thread that loads a configuration: reads {@link BrowserSettings}. */
final class BrowserReader {
  private static final String UNLISTED = "unlisted";
  private static final String NETSCAPE = "netscape4";

  /** What no browser reaches. */
  private static final long NEVER = 4_001_000_000L;

  private static final long MILLION = 1_000_000;

  private final Scope scope;

  BrowserReader(Scope scope) {
    this.scope = scope;
  }

  BrowserSettings read() {
    return new BrowserSettings(
        modern(),
        ancient(),
        scope.own("modern_browser").stream().anyMatch(d -> d.arg(0).equals(UNLISTED)),
        scope.own("ancient_browser").stream().anyMatch(d -> d.args().contains(NETSCAPE)),
        scope.text("modern_browser_value", "1"),
        scope.text("ancient_browser_value", "1"));
  }

  /** Those of the nearest block that names one: {@code unlisted} alone names none. */
  private List<Modern> modern() {
    Scope holder = scope;
    while (holder != null) {
      List<Modern> named = new ArrayList<>();
      for (Directive directive : holder.own("modern_browser")) {
        if (directive.args().size() == 2) {
          Modern modern =
              scope.compiler().problems().guardOrNull(directive, () -> modern(directive));
          if (modern != null) {
            named.add(modern);
          }
        } else if (!directive.arg(0).equals(UNLISTED)) {
          scope.problem(directive, "invalid value \"" + directive.arg(0) + "\"");
        }
      }
      if (!named.isEmpty()) {
        return ordered(named);
      }
      holder = holder.parent();
    }
    return List.of();
  }

  private static List<Modern> ordered(List<Modern> named) {
    if (named.stream().noneMatch(modern -> modern.kind() == Kind.OPERA)) {
      named.add(new Modern(Kind.OPERA, NEVER));
    }
    named.sort(Comparator.comparing(Modern::kind));
    return named;
  }

  private static Modern modern(Directive directive) {
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(directive.arg(0).toLowerCase(Locale.ROOT))) {
        return new Modern(kind, version(directive));
      }
    }
    throw directive.error("unknown browser name \"" + directive.arg(0) + "\"");
  }

  private static long version(Directive directive) {
    String text = directive.arg(1);
    long version = 0;
    long number = 0;
    long scale = MILLION;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        number = number * 10 + (c - '0');
      } else if (c == '.') {
        version += number * scale;
        number = 0;
        scale /= 100;
      } else {
        throw directive.error("invalid browser version \"" + text + "\"");
      }
    }
    return version + number * scale;
  }

  private List<String> ancient() {
    Scope holder = scope;
    while (holder != null) {
      List<String> named =
          holder.own("ancient_browser").stream()
              .flatMap(d -> d.args().stream())
              .filter(word -> !word.equals(NETSCAPE))
              .toList();
      if (!named.isEmpty()) {
        return named;
      }
      holder = holder.parent();
    }
    return List.of();
  }
}
