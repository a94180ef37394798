/**
 * Traces by OpenTelemetry: what the gateway tells of requests becomes spans, which go to a
 * collector by OTLP over HTTP. May depend on the gateway's traces, the router's core and
 * OpenTelemetry; begin at {@link dev.banyan.server.traces.Traces}.
 */
@NullMarked
package dev.banyan.server.traces;

import org.jspecify.annotations.NullMarked;
