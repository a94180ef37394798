package dev.banyan.server.traces;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * For any thread: hands ended spans to OpenTelemetry's batches while there is room, and counts what
 * becomes of them. Ending a span never waits.
 */
final class SheddingSpans implements SpanProcessor {
  private static final int BATCH = 512;
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final int most;
  private final BatchSpanProcessor batches;
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder exported = new LongAdder();
  private final LongAdder shed = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /**
   * In front of an exporter.
   *
   * @param most spans that wait for it
   */
  SheddingSpans(SpanExporter exporter, int most, Duration timeout) {
    this.most = most;
    this.batches =
        BatchSpanProcessor.builder(new Counted(exporter))
            .setMaxQueueSize(most)
            .setMaxExportBatchSize(Math.min(BATCH, most))
            .setScheduleDelay(EVERY)
            .setExporterTimeout(timeout)
            .build();
  }

  TraceCounts counts() {
    return new TraceCounts(exported.sum(), shed.sum(), failed.sum());
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    batches.onStart(parent, span);
  }

  @Override
  public boolean isStartRequired() {
    return batches.isStartRequired();
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (waiting.incrementAndGet() > most) {
      waiting.decrementAndGet();
      shed.increment();
    } else {
      batches.onEnd(span);
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode shutdown() {
    return batches.shutdown();
  }

  @Override
  public CompletableResultCode forceFlush() {
    return batches.forceFlush();
  }

  /** Counts what an exporter does with a batch, which has left the queue then. */
  private final class Counted implements SpanExporter {
    private final SpanExporter exporter;

    Counted(SpanExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      int count = spans.size();
      CompletableResultCode result = exporter.export(spans);
      result.whenComplete(() -> {
        waiting.addAndGet(-count);
        (result.isSuccess() ? exported : failed).add(count);
      });
      return result;
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }
}
