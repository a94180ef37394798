package dev.banyan.gateway;

import dev.banyan.gateway.trace.RequestTrace;
import dev.banyan.transport.Upstream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: in which protocol the tries of a request ask their servers. */
interface OriginDialect {
  /** The scheme that logs name. */
  String scheme();

  /** What is asked for, as a log tells it behind the server. */
  String uri();

  /** The method that is asked with. */
  String method();

  /** Whether the answer has no body, whatever its fields say. */
  boolean bodiless();

  /** Opens a connection or takes an idle one. */
  Upstream.Connection connect(Upstream.Peer peer, Duration timeout);

  /** Sends the request of one try. */
  void send(
      Upstream.Connection open,
      UpstreamStates.Try state,
      RequestTrace.@Nullable Attempt traced,
      Duration timeout);

  /** Whether it can be sent again. */
  boolean repeatable();

  /** Builds the request that each try sends until it is built again. */
  default void build() {}

  /** Builds the request again. */
  void recreate();
}
