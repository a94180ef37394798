package dev.banyan.server.traces;

import dev.banyan.api.Headers;
import dev.banyan.gateway.trace.RequestTrace;
import dev.banyan.gateway.trace.RequestTrace.CallLink;
import dev.banyan.gateway.trace.Tracing;
import dev.banyan.router.parity.Redactor;
import dev.banyan.router.parity.Verdict;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * For any thread: the requests that are traced. One that comes with a trace of its own is traced as
 * its caller decided; of the others a share is.
 */
public final class Traces implements Tracing, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final TextMapGetter<Headers> GETTER =
      (headers, name) -> headers == null ? null : headers.first(name);

  private final TraceRules rules;
  private final Redactor redactor;
  private final Clock clock;
  private final SheddingSpans spans;
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /** Traces by these rules, to an exporter that it closes. */
  Traces(TraceRules rules, Redactor redactor, Clock clock, SpanExporter exporter) {
    this.rules = rules;
    this.redactor = redactor;
    this.clock = clock;
    this.spans = new SheddingSpans(exporter, rules.queue(), TIMEOUT);
    this.provider =
        SdkTracerProvider.builder()
            .setResource(Resource.create(Attributes.of(Names.SERVICE, rules.service())))
            .addSpanProcessor(spans)
            .build();
    this.tracer = provider.get("dev.banyan");
  }

  /**
   * Traces by these rules, to their collector, which need not be there: what can't be sent is
   * counted.
   *
   * @param redactor cleans the paths of URIs
   */
  public static Traces start(TraceRules rules, Redactor redactor, Clock clock) {
    return new Traces(
        rules,
        redactor,
        clock,
        OtlpHttpSpanExporter.builder()
            .setEndpoint(rules.endpoint().toString())
            .setTimeout(TIMEOUT)
            .setConnectTimeout(TIMEOUT)
            .build());
  }

  @Override
  public @Nullable RequestTrace begin(String method, Headers headers) {
    Context parent =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, GETTER);
    SpanContext remote = Span.fromContext(parent).getSpanContext();
    boolean traced =
        remote.isValid()
            ? remote.isSampled()
            : ThreadLocalRandom.current().nextDouble() < rules.share();
    return traced
        ? new TracedRequest(tracer, redactor, rules.propagate(), now(), parent, method)
        : null;
  }

  /**
   * A candidate has answered a call again: a trace of its own, linked to the call's.
   *
   * @param nanos how long the port took, until now
   */
  public void candidate(
      CallLink call, String module, String function, Verdict verdict, long nanos) {
    if (call instanceof TracedRequest.Linked(SpanContext context)) {
      long end = now();
      tracer
          .spanBuilder("shadow " + module + "." + function)
          .setNoParent()
          .setSpanKind(SpanKind.INTERNAL)
          .addLink(context)
          .setStartTimestamp(end - nanos, TimeUnit.NANOSECONDS)
          .setAttribute(Names.MODULE, module)
          .setAttribute(Names.FUNCTION, function)
          .setAttribute(Names.VERDICT, verdict.name().toLowerCase(Locale.ROOT))
          .startSpan()
          .end(end, TimeUnit.NANOSECONDS);
    }
  }

  /** What became of the spans so far. */
  public TraceCounts counts() {
    return spans.counts();
  }

  private long now() {
    Instant now = clock.instant();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  /** Sends what waits, for a moment, and ends. */
  @Override
  public void close() {
    provider.shutdown().join(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
