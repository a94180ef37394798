package dev.banyan.benchmarks;

import dev.banyan.benchmarks.edge.Engine;
import java.util.Map;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Small programs of Lua's own, per turn of their loop, on Banyan's loop and on stock LuaJ. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init")
public class MicroBenchmark {
  private static final int TURNS = 1000;
  private static final Map<String, String> SETUP =
      Map.ofEntries(
          Map.entry("call", "local function add(a, b) return a + b end"),
          Map.entry("field", "local t = { count = 0, name = 'x' }"),
          Map.entry("array", "local t = {} for i = 1, 100 do t[i] = i end"),
          Map.entry("append", ""),
          Map.entry("pairs", "local t = { a = 1, b = 2, c = 3, d = 4 } local n = 0"),
          Map.entry("object", "local C = {} C.__index = C function C:get() return self.v end"),
          Map.entry("concat", "local name = 'tenant'"),
          Map.entry("join", "local t = { 'a', 'bc', 'def', 'ghij' }"),
          Map.entry("find", "local s = 'text/html; charset=utf-8' local find = string.find"),
          Map.entry("match", "local s = '120000:17000' local match = string.match"),
          Map.entry("gsub", "local s = 'a+b/c+d/e' local map = { ['+'] = '-', ['/'] = '_' }"),
          Map.entry("format", "local format = string.format"),
          Map.entry("byte", "local byte, char = string.byte, string.char local s = 'hello'"),
          Map.entry("sub", "local sub = string.sub local s = '/api/1/items/77'"),
          Map.entry("lower", "local s = 'T001.Example.COM'"),
          Map.entry(
              "closure", "local function make(x) return function() x = x + 1 return x end end"),
          Map.entry("pcall", "local function f(x) return x end"),
          Map.entry("error", "local function f() error('no', 0) end"));
  private static final Map<String, String> BODY =
      Map.ofEntries(
          Map.entry("call", "last = add(i, 1)"),
          Map.entry("field", "t.count = t.count + 1"),
          Map.entry("array", "local k = i % 100 + 1 t[k] = t[k] + 1"),
          Map.entry("append", "local t = {} t[#t + 1] = i t[#t + 1] = i last = t"),
          Map.entry("pairs", "for k, v in pairs(t) do n = n + v end"),
          Map.entry("object", "last = setmetatable({ v = i }, C):get()"),
          Map.entry("concat", "last = name .. '|' .. i"),
          Map.entry("join", "last = table.concat(t, '&')"),
          Map.entry("find", "last = find(s, 'charset', 1, true) last = find(s, '^text/html')"),
          Map.entry("match", "local a, b = match(s, '^(%d+):(%d+)$') last = b"),
          Map.entry("gsub", "last = s:gsub('[+/]', map)"),
          Map.entry("format", "last = format('%d:%s', i, 'x')"),
          Map.entry("byte", "last = char(byte(s, i % 5 + 1))"),
          Map.entry("sub", "last = sub(s, 1, 5) == '/api/'"),
          Map.entry("lower", "last = s:lower()"),
          Map.entry("closure", "last = make(i)()"),
          Map.entry("pcall", "local ok, x = pcall(f, i) last = x"),
          Map.entry("error", "local ok, x = pcall(f) last = x"));

  /** The engine that runs it. */
  @Param({"BANYAN", "STOCK"})
  public Engine.Kind engine = Engine.Kind.BANYAN;

  /** The program. */
  @Param({
    "call", "field", "array", "append", "pairs", "object", "concat", "join", "find", "match",
    "gsub", "format", "byte", "sub", "lower", "closure", "pcall", "error"
  })
  public String program = "call";

  private Engine runtime;
  private LuaValue function;

  /** Opens the engine and compiles the program. */
  @Setup
  public void open() {
    runtime = engine.open();
    String source =
        SETUP.get(program)
            + "\nreturn function() local last for i = 1, 1000 do "
            + BODY.get(program)
            + " end return last end";
    function = runtime.call(runtime.load(source, "=" + program), LuaValue.NONE).arg1();
  }

  /** A thousand turns. */
  @Benchmark
  @OperationsPerInvocation(TURNS)
  public Varargs turn() {
    return runtime.call(function, LuaValue.NONE);
  }
}
