package dev.banyan.nginx;

import dev.banyan.nginx.script.ConfRegex;
import dev.banyan.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code valid_referers}: which {@code Referer} fields count as a site's own, by the rules of
 * ngx_http_referer_module. Read-only once it is built.
 */
public final class Referers {
  private static final int LONGEST_HOST = 256;
  private static final int SHORTEST = "http://i.ru".length();

  private final Map<String, String> exact = new HashMap<>();
  private final HostnameTree<String> wildcards = new HostnameTree<>();
  private final List<ConfRegex> hostPatterns = new ArrayList<>();
  private final List<ConfRegex> patterns = new ArrayList<>();
  private boolean none;
  private boolean blocked;
  private boolean hosts;
  private final Set<String> said = new HashSet<>();

  private Referers() {}

  /** Those of the directive's nearest level; null where there is none. */
  static @Nullable Referers read(Scope scope) {
    List<Directive> directives = scope.nearest("valid_referers");
    if (directives.isEmpty()) {
      return null;
    }
    Referers referers = new Referers();
    for (Directive directive : directives) {
      directive.args().forEach(word -> referers.add(scope, directive, word));
    }
    if ((referers.none || referers.blocked) && !referers.hosts) {
      scope.problem(
          directives.getLast(),
          "the \"none\" or \"blocked\" referers are specified in the \"valid_referers\" directive"
              + " without any valid referer");
    }
    return referers;
  }

  private void add(Scope scope, Directive directive, String word) {
    switch (word) {
      case "none" -> none = true;
      case "blocked" -> blocked = true;
      case "server_names" -> {
        for (Directive names : scope.nearest("server_name")) {
          names.args().forEach(name -> serverName(scope, names, name));
        }
      }
      default -> {
        if (word.isEmpty()) {
          scope.problem(directive, "invalid referer \"\"");
        } else if (word.startsWith("~")) {
          pattern(scope, directive, word, patterns);
        } else {
          int slash = word.indexOf('/');
          String host = slash < 0 ? word : word.substring(0, slash);
          if (conflicts(host)) {
            scope.problem(
                directive, "conflicting parameter \"" + host.toLowerCase(Locale.ROOT) + "\"");
          }
          host(scope, directive, host, slash < 0 ? "" : word.substring(slash));
        }
      }
    }
  }

  private void serverName(Scope scope, Directive directive, String name) {
    if (name.startsWith("~")) {
      pattern(scope, directive, name, hostPatterns);
    } else if (!name.isEmpty()) {
      host(scope, directive, name, "");
    }
  }

  private void pattern(Scope scope, Directive directive, String word, List<ConfRegex> to) {
    ConfRegex regex = scope.compiler().regex(directive, word.substring(1), true);
    if (regex != null) {
      to.add(regex);
    }
  }

  private void host(Scope scope, Directive directive, String written, String uri) {
    hosts = true;
    String name = written.toLowerCase(Locale.ROOT);
    if (name.startsWith("*.")) {
      wildcards.leading(name.substring(1), uri);
    } else if (name.startsWith(".")) {
      wildcards.leading(name, uri);
      exact.putIfAbsent(name.substring(1), uri);
    } else if (name.endsWith(".*")) {
      wildcards.trailing(name.substring(0, name.length() - 1), uri);
    } else if (name.indexOf('*') >= 0) {
      scope.problem(directive, "invalid hostname or wildcard \"" + written + "\"");
    } else {
      exact.putIfAbsent(name, uri);
    }
  }

  /** Whether a name of the directive itself says again what was said: those of the server may. */
  private boolean conflicts(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    String bare = name.startsWith(".") ? name.substring(1) : name;
    boolean again = !said.add(bare);
    return name.startsWith(".") ? !said.add("*" + name) || again : again;
  }

  /** Whether a request with this {@code Referer} field is a valid one; null for no such field. */
  public boolean valid(@Nullable String referer) {
    if (referer == null) {
      return none;
    }
    int scheme = scheme(referer);
    return scheme < 0 ? blocked : validAddress(referer.substring(scheme));
  }

  /** Where the address starts after its scheme; -1 for a field that a firewall has masked. */
  private static int scheme(String referer) {
    if (referer.length() >= SHORTEST) {
      for (String scheme : List.of("http://", "https://")) {
        if (referer.regionMatches(true, 0, scheme, 0, scheme.length())) {
          return scheme.length();
        }
      }
    }
    return -1;
  }

  private boolean validAddress(String address) {
    int end = 0;
    while (end < address.length() && address.charAt(end) != '/' && address.charAt(end) != ':') {
      end++;
    }
    if (end > LONGEST_HOST) {
      return false;
    }
    String host = address.substring(0, end).toLowerCase(Locale.ROOT);
    String uri = exact.get(host);
    if (uri == null) {
      uri = wildcards.find(host);
    }
    if (uri != null) {
      int slash = address.indexOf('/', end);
      return uri.isEmpty() || (slash >= 0 && address.startsWith(uri, slash));
    }
    return hostPatterns.stream().anyMatch(p -> p.found(host))
        || patterns.stream().anyMatch(p -> p.found(address));
  }
}
