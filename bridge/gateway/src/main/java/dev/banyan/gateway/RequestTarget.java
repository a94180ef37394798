package dev.banyan.gateway;

import dev.banyan.nginx.NormalizedUri;
import org.jspecify.annotations.Nullable;

/**
 * A request target taken apart as nginx does it.
 *
 * @param uri decoded and normalised: no empty, {@code .} or {@code ..} segments
 * @param args raw, after the question mark; empty for none
 * @param unparsed the target as sent, without scheme and host
 * @param host the host of an absolute target, null of any other
 * @param escaped whether it held an escape
 */
record RequestTarget(
    String uri, String args, String unparsed, @Nullable String host, boolean escaped) {

  /** Takes a target apart; null when nginx answers 400 for it. */
  static @Nullable RequestTarget parse(String target, boolean mergeSlashes) {
    String host = null;
    String rest = target;
    if (!target.startsWith("/")) {
      int scheme = target.indexOf("://");
      if (scheme <= 0) {
        return null;
      }
      int end = hostEnd(target, scheme + 3);
      host = target.substring(scheme + 3, end);
      rest = target.substring(end);
      if (host.isEmpty()) {
        return null;
      }
      if (!rest.startsWith("/")) {
        rest = "/" + rest;
      }
    }
    NormalizedUri uri = NormalizedUri.of(rest, mergeSlashes);
    return uri == null
        ? null
        : new RequestTarget(uri.path(), uri.args(), rest, host, uri.escaped());
  }

  private static int hostEnd(String target, int from) {
    for (int i = from; i < target.length(); i++) {
      if ("/?#".indexOf(target.charAt(i)) >= 0) {
        return i;
      }
    }
    return target.length();
  }
}
