package dev.banyan.benchmarks;

import dev.banyan.benchmarks.edge.Engine;
import java.util.concurrent.TimeUnit;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Coroutines of Banyan's loop: a switch is a resume or a yield; LuaJ's are operating threads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CoroutineBenchmark {
  private static final int SWITCHES = 2000;
  private static final int LIVES = 1000;

  private final Engine engine = Engine.Kind.BANYAN.open();
  private final LuaValue switching =
      program(
          """
          local resume, yield = coroutine.resume, coroutine.yield
          local co = coroutine.create(function() while true do yield(1) end end)
          return function() for i = 1, 1000 do resume(co) end end
          """);
  private final LuaValue living =
      program(
          """
          local create, resume, yield = coroutine.create, coroutine.resume, coroutine.yield
          local function body() yield(1) return 2 end
          return function()
            for i = 1, 1000 do local co = create(body) resume(co) resume(co) end
          end
          """);

  private LuaValue program(String source) {
    return engine.call(engine.load(source, "=coroutines"), LuaValue.NONE).arg1();
  }

  /** One switch. */
  @Benchmark
  @OperationsPerInvocation(SWITCHES)
  public Varargs oneSwitch() {
    return engine.call(switching, LuaValue.NONE);
  }

  /** A coroutine from its creation to its end, with one yield. */
  @Benchmark
  @OperationsPerInvocation(LIVES)
  public Varargs oneLife() {
    return engine.call(living, LuaValue.NONE);
  }
}
