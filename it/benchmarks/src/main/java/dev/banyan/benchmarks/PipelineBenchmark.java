package dev.banyan.benchmarks;

import dev.banyan.benchmarks.edge.EdgePipeline;
import dev.banyan.benchmarks.edge.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.luaj.vm2.LuaValue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The sample legacy's whole pipeline, per request, on Banyan's loop and on stock LuaJ. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init")
public class PipelineBenchmark {
  private static final int REQUESTS = 16;

  /** The engine that runs it. */
  @Param({"BANYAN", "STOCK"})
  public Engine.Kind engine = Engine.Kind.BANYAN;

  private EdgePipeline recalling;
  private EdgePipeline searching;

  private static Path legacy() {
    return Path.of(System.getProperty("banyan.legacy", "legacy-lua")).toAbsolutePath();
  }

  /** Opens the engine, and holds it to the other one's answers. */
  @Setup
  public void open() {
    recalling = EdgePipeline.recalling(engine, legacy());
    searching = EdgePipeline.searching(engine, legacy());
    if (recalling.size() != REQUESTS) {
      throw new IllegalStateException("the mix has " + recalling.size() + " requests");
    }
    List<String> expected = EdgePipeline.searching(Engine.Kind.STOCK, legacy()).effects();
    List<String> actual = EdgePipeline.recalling(Engine.Kind.BANYAN, legacy()).effects();
    for (int i = 0; i < REQUESTS; i++) {
      if (!expected.get(i).equals(actual.get(i))) {
        throw new IllegalStateException(
            "request " + i + ": stock: " + expected.get(i) + "\nbanyan: " + actual.get(i));
      }
    }
  }

  /** Engine and libraries: regular expressions are looked up. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public LuaValue recalled() {
    return recalling.run();
  }

  /** With regular expressions matched by PCRE2. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public LuaValue searched() {
    return searching.run();
  }
}
