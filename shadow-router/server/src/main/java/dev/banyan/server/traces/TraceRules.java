package dev.banyan.server.traces;

import java.net.URI;

/**
 * Immutable: which requests are traced, and where spans go.
 *
 * @param endpoint of the collector, OTLP over HTTP, with its path
 * @param share of the requests that come without a trace of their own, from 0 to 1
 * @param propagate whether origins are told of the trace
 * @param queue the most spans that wait for the collector; beyond, they are shed and counted
 * @param service what the process calls itself
 */
public record TraceRules(URI endpoint, double share, boolean propagate, int queue, String service) {
  /** The share unless configured: one request in a hundred. */
  public static final double DEFAULT_SHARE = 0.01;

  /** The queue unless configured. */
  public static final int DEFAULT_QUEUE = 2_048;

  /** The name unless configured. */
  public static final String DEFAULT_SERVICE = "banyan";
}
