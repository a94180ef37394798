package dev.banyan.nginx;

import dev.banyan.nginx.script.Computation;
import dev.banyan.nginx.script.ConfRegex;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread that loads a configuration: builds {@code map}, {@code geo}, {@code
 * split_clients}.
 */
final class MapBuilder {
  private final Compiler compiler;
  private final Scope http;

  MapBuilder(Compiler compiler, Scope http) {
    this.compiler = compiler;
    this.http = http;
  }

  void defineAll() {
    for (Directive directive : http.nearest("map", "geo", "split_clients")) {
      Computation computation =
          switch (directive.name()) {
            case "map" -> new MapParser(directive).parse();
            case "geo" -> new GeoBuilder(compiler, directive).build();
            default -> SplitTable.build(compiler, directive);
          };
      String name = directive.args().getLast();
      if (name.length() > 1) {
        compiler.variables().define(name.substring(1), computation);
      }
    }
  }

  /** Reads one {@code map}. */
  private final class MapParser {
    private final Directive directive;
    private final Map<String, Template> exact = new HashMap<>();
    private final HostnameTree<Template> wildcards = new HostnameTree<>();
    private final List<MapTable.RegexEntry> regexes = new ArrayList<>();
    private @Nullable Template fallback;
    private boolean hostnames;
    private boolean isVolatile;

    MapParser(Directive directive) {
      this.directive = directive;
    }

    MapTable parse() {
      for (Directive entry : directive.children()) {
        entry(entry);
      }
      return new MapTable(
          compiler.template(directive, directive.arg(0)),
          exact,
          hostnames ? wildcards : null,
          regexes,
          fallback,
          !isVolatile);
    }

    private void entry(Directive entry) {
      String key = entry.name();
      if (entry.args().isEmpty() && key.equals("hostnames")) {
        hostnames = true;
      } else if (entry.args().isEmpty() && key.equals("volatile")) {
        isVolatile = true;
      } else if (entry.args().size() != 1 || entry.block() != null) {
        compiler.problems().add(entry, "invalid number of the map parameters");
      } else {
        value(entry, key, compiler.template(entry, entry.arg(0)));
      }
    }

    private void value(Directive entry, String key, Template value) {
      if (key.equals("default")) {
        if (fallback != null) {
          compiler.problems().add(entry, "duplicate default map parameter");
        }
        fallback = value;
      } else if (key.startsWith("~")) {
        boolean caseless = key.startsWith("~*");
        ConfRegex regex = compiler.regex(entry, key.substring(caseless ? 2 : 1), caseless);
        if (regex != null) {
          regexes.add(new MapTable.RegexEntry(regex, value));
        }
      } else if (!add(plainKey(key), value)) {
        compiler.problems().add(entry, "conflicting parameter \"" + key + "\"");
      }
    }

    private String plainKey(String key) {
      return (key.startsWith("\\") ? key.substring(1) : key).toLowerCase(Locale.ROOT);
    }

    private boolean add(String key, Template value) {
      if (hostnames && key.startsWith("*.")) {
        return wildcards.leading(key.substring(1), value);
      }
      if (hostnames && key.startsWith(".") && key.length() > 1) {
        boolean free = exact.putIfAbsent(key.substring(1), value) == null;
        return wildcards.leading(key, value) && free;
      }
      if (hostnames && key.endsWith(".*")) {
        return wildcards.trailing(key.substring(0, key.length() - 1), value);
      }
      return exact.putIfAbsent(key, value) == null;
    }
  }
}
