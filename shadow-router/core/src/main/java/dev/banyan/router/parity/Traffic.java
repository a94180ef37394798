package dev.banyan.router.parity;

import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Immutable: what a request looks like from far away, so that calls can be counted by kind.
 *
 * <p>Every part is bounded in length, because clients choose some of them.
 *
 * @param key the values of the configured variables; empty when none is configured
 * @param route the location as the nginx.conf writes it; empty outside of any
 * @param method one of HTTP's methods, or {@link #OTHER_METHOD}
 * @param status the response's status; 0 where there is none yet
 */
public record Traffic(String key, String route, String method, int status) {
  /** Nothing is known. */
  public static final Traffic UNKNOWN = new Traffic("", "", "", 0);

  /** What stands for a method that HTTP doesn't define. */
  public static final String OTHER_METHOD = "other method";

  private static final int MAX_LENGTH = 80;

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

  /** Bounds the parts. */
  public Traffic {
    key = bounded(key);
    route = bounded(route);
    method = method.isEmpty() || METHODS.contains(method) ? method : OTHER_METHOD;
  }

  /** With the values of several variables as its key. */
  public static Traffic of(List<String> keys, String route, String method, int status) {
    if (keys.size() == 1) {
      return new Traffic(shown(keys.getFirst()), route, method, status);
    }
    StringJoiner key = new StringJoiner("/");
    for (String value : keys) {
      key.add(shown(value));
    }
    return new Traffic(key.toString(), route, method, status);
  }

  private static String shown(String value) {
    return value.isEmpty() ? "-" : value;
  }

  /** The same without what looks like a secret in its key. */
  Traffic clean(Redactor redactor) {
    return key.isEmpty() ? this : new Traffic(redactor.label(key), route, method, status);
  }

  private static String bounded(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }
}
