package dev.banyan.router.flags;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: which requests a flag is about. Each condition that is given must hold; other requests
 * stay with Lua.
 *
 * @param tenants one of these tenants, or empty for any
 * @param paths the URI starts with one of these, or empty for any
 * @param headers each header, by lower-case name, has this value
 */
public record Match(List<String> tenants, List<String> paths, Map<String, String> headers) {
  /** Most conditions that one flag may have. */
  public static final int MAX_CONDITIONS = 256;

  /** Every request. */
  public static final Match ALL = new Match(List.of(), List.of(), Map.of());

  /** Copies and checks the conditions. */
  public Match {
    tenants = List.copyOf(tenants);
    paths = List.copyOf(paths);
    Map<String, String> lower = new TreeMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(lower);
    if (tenants.size() + paths.size() + headers.size() > MAX_CONDITIONS) {
      throw new IllegalArgumentException("more than " + MAX_CONDITIONS + " match conditions");
    }
    for (String path : paths) {
      if (!path.startsWith("/")) {
        throw new IllegalArgumentException(
            "match path \"" + path + "\" is not accepted: expected a prefix that starts with /");
      }
    }
  }

  /**
   * Reads conditions such as {@code tenant=acme}, {@code path=/api} and {@code header.x-beta=1}.
   *
   * @throws IllegalArgumentException saying what is accepted
   */
  public static Match parse(List<String> conditions) {
    List<String> tenants = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    Map<String, String> headers = new TreeMap<>();
    for (String condition : conditions) {
      int equals = condition.indexOf('=');
      String kind = equals < 0 ? condition : condition.substring(0, equals);
      String value = condition.substring(equals + 1);
      if (equals > 0 && kind.equals("tenant")) {
        tenants.add(value);
      } else if (equals > 0 && kind.equals("path")) {
        paths.add(value);
      } else if (equals > 0 && kind.startsWith("header.") && kind.length() > "header.".length()) {
        headers.put(kind.substring("header.".length()), value);
      } else {
        throw new IllegalArgumentException(
            "match \""
                + condition
                + "\" is not accepted: expected tenant=NAME, path=/PREFIX or header.NAME=VALUE");
      }
    }
    return new Match(tenants, paths, headers);
  }

  /** Whether there is no condition. */
  public boolean isAll() {
    return tenants.isEmpty() && paths.isEmpty() && headers.isEmpty();
  }

  /**
   * Whether a request is meant.
   *
   * @param tenantVariable the variable that names the tenant
   */
  public boolean holds(RequestFacts facts, String tenantVariable) {
    if (!tenants.isEmpty() && !tenants.contains(orEmpty(facts.variable(tenantVariable)))) {
      return false;
    }
    if (!paths.isEmpty() && !startsWithOne(orEmpty(facts.variable("uri")))) {
      return false;
    }
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String variable = "http_" + header.getKey().replace('-', '_');
      if (!header.getValue().equals(facts.variable(variable))) {
        return false;
      }
    }
    return true;
  }

  private boolean startsWithOne(String uri) {
    for (String path : paths) {
      if (uri.startsWith(path)) {
        return true;
      }
    }
    return false;
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  @Override
  public String toString() {
    if (isAll()) {
      return "all requests";
    }
    List<String> parts = new ArrayList<>();
    tenants.forEach(tenant -> parts.add("tenant=" + tenant));
    paths.forEach(path -> parts.add("path=" + path));
    new TreeMap<>(headers).forEach((name, value) -> parts.add("header." + name + "=" + value));
    return String.join(" ", parts);
  }
}
