package dev.banyan.gateway.seam;

import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.RequestHost;
import java.util.List;

/**
 * Immutable, for any thread: what kind of traffic a call belongs to.
 *
 * @param keys the values of the variables that tell kinds apart, in their order; empty for unset
 * @param route the location as the nginx.conf writes it; empty outside of any
 * @param method the request's method as sent
 * @param status the response's status in the phases that have one; 0 before
 */
public record Traffic(List<String> keys, String route, String method, int status) {
  /** Copies the keys. */
  public Traffic {
    keys = List.copyOf(keys);
  }

  /** The traffic that a request belongs to now; on its worker's thread. */
  public static Traffic of(RequestHost request, List<String> variables) {
    return of(request, variables, new SharedVariables());
  }

  /** The same, where others have read variables of it already. */
  static Traffic of(RequestHost request, List<String> variables, SharedVariables shared) {
    String[] keys = new String[variables.size()];
    for (int i = 0; i < keys.length; i++) {
      String value = shared.value(request, variables.get(i));
      keys[i] = value == null ? "" : value;
    }
    return new Traffic(List.of(keys), request.route(), request.method(), status(request));
  }

  /** Whether a request belongs to it now, as {@link #of} would say. */
  boolean isOf(RequestHost request, List<String> variables, SharedVariables shared) {
    if (status != status(request)
        || !route.equals(request.route())
        || !method.equals(request.method())) {
      return false;
    }
    for (int i = 0; i < keys.size(); i++) {
      String value = shared.value(request, variables.get(i));
      if (!keys.get(i).equals(value == null ? "" : value)) {
        return false;
      }
    }
    return true;
  }

  private static int status(RequestHost request) {
    Phase phase = request.phase();
    return phase == Phase.HEADER_FILTER || phase == Phase.BODY_FILTER || phase == Phase.LOG
        ? request.status()
        : 0;
  }
}
