package dev.banyan.gateway.seam;

import dev.banyan.lua.ngx.RequestHost;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: what tells a request apart from others, for people who look at what
 * was recorded of it.
 */
public final class RequestFacts {
  private static final List<String> VARIABLES =
      List.of("request_method", "request_uri", "host", "request_id", "remote_addr");

  private final @Nullable String[] values;

  private RequestFacts(@Nullable String[] values) {
    this.values = values;
  }

  /** The facts of a request; on its worker's thread. */
  public static RequestFacts of(RequestHost request) {
    return of(request, new SharedVariables());
  }

  /** The same, where others have read variables of it already. */
  static RequestFacts of(RequestHost request, SharedVariables variables) {
    @Nullable String[] values = new @Nullable String[VARIABLES.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = variables.value(request, VARIABLES.get(i));
    }
    return new RequestFacts(values);
  }

  /** Those that are known, by variable. */
  public Map<String, String> map() {
    Map<String, String> facts = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      String value = values[i];
      if (value != null) {
        facts.put(VARIABLES.get(i), value);
      }
    }
    return facts;
  }
}
