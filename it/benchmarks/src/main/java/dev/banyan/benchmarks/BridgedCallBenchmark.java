package dev.banyan.benchmarks;

import dev.banyan.api.Function;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.View;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One call from Lua to a port through the seam that serves, and the same call within Lua. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class BridgedCallBenchmark {
  /** The calls of one turn of Lua's loop, whose own number then weighs little. */
  private static final int A_TURN = 10;

  private static final int CALLS = 500_000;

  private final LuaTwins texts = LuaTwins.of(Instant.ofEpochSecond(1), new Texts());
  private final LuaTwins tables = LuaTwins.of(Instant.ofEpochSecond(1), new Tables());

  /** A function of texts. */
  @LuaModule("edge.util")
  public static final class Texts implements Port {
    /** Replaces {@code util.starts_with(text, prefix)}. */
    @Function("starts_with")
    public boolean startsWith(String text, String prefix) {
      return text.startsWith(prefix);
    }
  }

  /** A function of a table that stays Lua's. */
  @LuaModule("edge.util")
  public static final class Tables implements Port {
    /** Stands in for {@code util.starts_with(table, name)}: one field of the table. */
    @Function("starts_with")
    public @Nullable Object startsWith(View table, String name) {
      return table.get(name);
    }
  }

  private static TwinCall loop(String body) {
    return TwinCall.get("/")
        .code(
            Phase.CONTENT,
            "local f = require('edge.util').starts_with\n"
                + "local t = {a = 1, b = 'two', c = true}\n"
                + "for i = 1, "
                + CALLS / A_TURN
                + " do "
                + (body + " ").repeat(A_TURN)
                + "end");
  }

  /** Lua calls Java with two texts. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public String bridgedTexts() {
    return texts.java(loop("f('abcdef', 'abc')"));
  }

  /** Lua calls Java with a table, which Java reads through a lazy view. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public String bridgedView() {
    return tables.java(loop("f(t, 'b')"));
  }

  /** Lua calls Lua with two texts. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public String withinLua() {
    return texts.lua(loop("f('abcdef', 'abc')"));
  }

  /** Ends the workers. */
  @TearDown
  public void close() {
    texts.close();
    tables.close();
  }
}
