package dev.banyan.gateway.seam;

import dev.banyan.lua.ngx.RequestHost;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What tells a request apart from others, for people who look at what was recorded of it. */
public final class RequestFacts {
  private static final List<String> VARIABLES =
      List.of("request_method", "request_uri", "host", "request_id", "remote_addr");

  private RequestFacts() {}

  /** The facts of a request, by variable; on its worker's thread. */
  public static Map<String, String> of(RequestHost request) {
    Map<String, String> facts = new TreeMap<>();
    for (String name : VARIABLES) {
      String value = request.variable(name);
      if (value != null) {
        facts.put(name, value);
      }
    }
    return facts;
  }
}
