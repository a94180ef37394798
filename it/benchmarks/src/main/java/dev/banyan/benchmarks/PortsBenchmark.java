package dev.banyan.benchmarks;

import dev.banyan.api.OctetBuffer;
import dev.banyan.benchmarks.edge.EdgePipeline;
import dev.banyan.benchmarks.edge.Engine;
import dev.banyan.benchmarks.edge.PortPipeline;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The policy of all ports, per request, in Java alone: to be held against {@link
 * PipelineBenchmark#searched} on stock LuaJ, the same modules for the same requests.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init")
public class PortsBenchmark {
  private static final int REQUESTS = 16;

  private PortPipeline ports;

  /** Opens the ports, and holds their log lines to the legacy's. */
  @Setup
  public void open() {
    Path legacy = Path.of(System.getProperty("banyan.legacy", "legacy-lua")).toAbsolutePath();
    ports = PortPipeline.open(legacy);
    List<String> actual = PortPipeline.open(legacy).lines();
    List<String> expected = EdgePipeline.searching(Engine.Kind.BANYAN, legacy).lines();
    if (actual.size() != REQUESTS) {
      throw new IllegalStateException("the mix has " + actual.size() + " requests");
    }
    for (int i = 0; i < REQUESTS; i++) {
      if (!expected.get(i).equals(actual.get(i))) {
        throw new IllegalStateException(
            "request " + i + ": Lua: " + expected.get(i) + "Java: " + actual.get(i));
      }
    }
  }

  /** All ports' handlers. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public OctetBuffer ports() {
    return ports.run();
  }
}
