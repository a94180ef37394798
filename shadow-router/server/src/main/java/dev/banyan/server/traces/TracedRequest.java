package dev.banyan.server.traces;

import dev.banyan.api.Headers;
import dev.banyan.api.Way;
import dev.banyan.gateway.trace.RequestTrace;
import dev.banyan.router.parity.Redactor;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Owned by its request's loop: a request's span and those below it. */
final class TracedRequest implements RequestTrace {
  /** Calls of one request that get a span; a request with more tells how many were left out. */
  private static final int MOST_CALLS = 256;

  private static final int FIRST_FAULT = 500;
  private static final int FIRST_ERROR = 400;

  private final Tracer tracer;
  private final Redactor redactor;
  private final boolean propagated;
  private final long startEpoch;
  private final long start = System.nanoTime();
  private final String method;
  private final Span span;
  private final Context context;
  private int calls;
  private SpanContext last;

  TracedRequest(
      Tracer tracer,
      Redactor redactor,
      boolean propagated,
      long startEpoch,
      Context parent,
      String method) {
    this.tracer = tracer;
    this.redactor = redactor;
    this.propagated = propagated;
    this.startEpoch = startEpoch;
    this.method = method;
    this.span =
        tracer
            .spanBuilder(method)
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setStartTimestamp(startEpoch, TimeUnit.NANOSECONDS)
            .setAttribute(Names.METHOD, method)
            .startSpan();
    this.context = parent.with(span);
    this.last = span.getSpanContext();
  }

  /** Where a candidate's span points to. */
  record Linked(SpanContext context) implements CallLink {}

  /** Now, on the clock that the request began with. */
  private long now() {
    return startEpoch + (System.nanoTime() - start);
  }

  @Override
  public void called(String module, String function, Way by, long nanos) {
    if (calls++ >= MOST_CALLS) {
      last = span.getSpanContext();
      return;
    }
    long end = now();
    Span call =
        tracer
            .spanBuilder(module + "." + function)
            .setParent(context)
            .setStartTimestamp(end - nanos, TimeUnit.NANOSECONDS)
            .setAttribute(Names.MODULE, module)
            .setAttribute(Names.FUNCTION, function)
            .setAttribute(Names.BY, by == Way.JAVA ? "java" : "lua")
            .startSpan();
    call.end(end, TimeUnit.NANOSECONDS);
    last = call.getSpanContext();
  }

  @Override
  public CallLink lastCall() {
    return new Linked(last);
  }

  @Override
  public Attempt attempt(String peer, String sent) {
    Span client =
        tracer
            .spanBuilder(sent)
            .setParent(context)
            .setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(now(), TimeUnit.NANOSECONDS)
            .setAttribute(Names.METHOD, sent)
            .setAttribute(Names.PEER, peer)
            .startSpan();
    return new Try(client);
  }

  @Override
  public void end(Ending ending) {
    if (!ending.location().isEmpty()) {
      span.updateName(method + " " + ending.location());
      span.setAttribute(Names.ROUTE, ending.location());
    }
    span.setAttribute(Names.PATH, redactor.text(ending.path()));
    span.setAttribute(Names.HOST, ending.host());
    span.setAttribute(Names.STATUS, (long) ending.status());
    span.setAttribute(Names.SERVED, ending.withoutLua() ? "new" : "old");
    if (calls > MOST_CALLS) {
      span.setAttribute(Names.UNTOLD, (long) calls - MOST_CALLS);
    }
    if (ending.status() >= FIRST_FAULT) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end(now(), TimeUnit.NANOSECONDS);
  }

  /** Owned by its request's loop. */
  private final class Try implements Attempt {
    private final Span client;

    Try(Span client) {
      this.client = client;
    }

    @Override
    public void propagate(Headers head) {
      if (propagated) {
        W3CTraceContextPropagator.getInstance()
            .inject(
                context.with(client),
                head,
                (to, name, value) -> {
                  if (to != null) {
                    to.setValue(name.toLowerCase(Locale.ROOT), value);
                  }
                });
      }
    }

    @Override
    public void end(int status, boolean failed) {
      client.setAttribute(Names.STATUS, (long) status);
      if (failed || status >= FIRST_ERROR) {
        client.setStatus(StatusCode.ERROR);
      }
      client.end(now(), TimeUnit.NANOSECONDS);
    }
  }
}
