package dev.banyan.gateway;

import dev.banyan.nginx.NormalizedUri;
import org.jspecify.annotations.Nullable;

/**
 * A request target taken apart as nginx does it.
 *
 * @param uri decoded and normalised: no empty, {@code .} or {@code ..} segments
 * @param args raw, after the question mark; empty for none
 * @param unparsed the target as sent, without scheme and host
 * @param escaped whether it held an escape
 */
record RequestTarget(String uri, String args, String unparsed, boolean escaped) {

  /** Takes the transport's target apart; null when nginx answers 400 for it. */
  static @Nullable RequestTarget parse(String target, boolean mergeSlashes) {
    NormalizedUri uri = target.startsWith("/") ? NormalizedUri.of(target, mergeSlashes) : null;
    return uri == null ? null : new RequestTarget(uri.path(), uri.args(), target, uri.escaped());
  }
}
