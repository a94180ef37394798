package dev.banyan.server.traces;

import io.opentelemetry.api.common.AttributeKey;

/** Names of attributes: OpenTelemetry's own where it has one, {@code banyan.} before the others. */
final class Names {
  static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
  static final AttributeKey<String> PEER = AttributeKey.stringKey("network.peer.address");
  static final AttributeKey<String> SERVED = AttributeKey.stringKey("banyan.path");
  static final AttributeKey<String> MODULE = AttributeKey.stringKey("banyan.module");
  static final AttributeKey<String> FUNCTION = AttributeKey.stringKey("banyan.function");
  static final AttributeKey<String> BY = AttributeKey.stringKey("banyan.by");
  static final AttributeKey<String> VERDICT = AttributeKey.stringKey("banyan.verdict");
  static final AttributeKey<Long> UNTOLD = AttributeKey.longKey("banyan.calls_left_out");

  private Names() {}
}
