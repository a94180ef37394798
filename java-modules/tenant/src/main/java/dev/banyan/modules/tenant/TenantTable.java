package dev.banyan.modules.tenant;

import dev.banyan.api.Decision;
import dev.banyan.modules.edge.Json;
import dev.banyan.modules.edge.Recurring;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Immutable: the tenants of a file, by exact host and by wildcard suffix. */
final class TenantTable {
  static final TenantTable EMPTY = new TenantTable(Map.of(), Map.of(), 0);

  /** What a tenant gets that its record doesn't say. */
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "tier", "free",
          "waf", Map.of("mode", "block", "threshold", 10d),
          "auth", Map.of("mode", "none"),
          "rate", Map.of("per_second", 500d, "burst", 1000d),
          "features", Map.of(),
          "redirects", List.of(),
          "upstream", "default");

  private final Map<String, Map<String, Object>> exact;
  private final Map<String, Map<String, Object>> wildcard;
  private final int count;
  private final Recurring<Decision> decisions = new Recurring<>(host -> Tenants.decide(this, host));

  private TenantTable(
      Map<String, Map<String, Object>> exact,
      Map<String, Map<String, Object>> wildcard,
      int count) {
    this.exact = exact;
    this.wildcard = wildcard;
    this.count = count;
  }

  /**
   * Reads the file's text.
   *
   * @throws IllegalArgumentException when it isn't JSON or a record lacks its hosts
   */
  static TenantTable read(String text) {
    Map<String, Map<String, Object>> exact = new HashMap<>();
    Map<String, Map<String, Object>> wildcard = new HashMap<>();
    List<?> records = list(Json.read(text) instanceof Map<?, ?> file ? file.get("tenants") : null);
    for (Object item : records) {
      Map<String, Object> tenant = withDefaults(item);
      for (Object host : list(tenant.get("hosts"))) {
        String name = String.valueOf(host);
        if (name.startsWith("*.")) {
          wildcard.put(name.substring(1), tenant);
        } else {
          exact.put(name, tenant);
        }
      }
    }
    return new TenantTable(exact, wildcard, records.size());
  }

  /** What becomes of a host's requests, kept for those that come again and again. */
  Recurring<Decision> decisions() {
    return decisions;
  }

  int count() {
    return count;
  }

  /** The tenant of a host in lower case, or null. */
  @Nullable Map<String, Object> lookup(String host) {
    Map<String, Object> hit = exact.get(host);
    for (int dot = host.indexOf('.'); hit == null && dot >= 0; dot = host.indexOf('.', dot + 1)) {
      hit = wildcard.get(host.substring(dot));
    }
    return hit;
  }

  private static Map<String, Object> withDefaults(Object item) {
    if (!(item instanceof Map<?, ?> record)) {
      throw new IllegalArgumentException("a tenant that is no object");
    }
    Map<String, Object> tenant = new HashMap<>(DEFAULTS);
    record.forEach((key, value) -> {
      if (value != null) {
        tenant.put((String) key, value);
      }
    });
    return tenant;
  }

  private static List<?> list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("tenants: a list is missing");
  }
}
