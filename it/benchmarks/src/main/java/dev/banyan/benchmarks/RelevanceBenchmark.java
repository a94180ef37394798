package dev.banyan.benchmarks;

import dev.banyan.host.BoundPort;
import dev.banyan.host.Relevance;
import dev.banyan.host.RelevanceIndex;
import dev.banyan.testkit.TestCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Finding the modules that a request concerns, four of them, among all that are installed: by the
 * index, and by evaluating every module's conditions.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init")
public class RelevanceBenchmark {
  /** How many modules are installed. */
  @Param({"10", "100", "1000"})
  public int installed;

  private final TestCall request =
      TestCall.get("/api/items")
          .variable("host", "eu.shop.example")
          .header("X-Beta", "1")
          .header("Accept", "*/*")
          .ctx("tenant", Map.of("id", "t1", "waf", Map.of("strict", true)));

  private final List<BoundPort> ports = new ArrayList<>();
  private RelevanceIndex index;

  /** Installs the modules. */
  @Setup
  public void install() {
    add("host", new Relevance(Set.of(".shop.example"), Set.of(), Set.of(), Set.of()));
    add("path", new Relevance(Set.of(), Set.of("/api/"), Set.of(), Set.of()));
    add("header", new Relevance(Set.of(), Set.of(), Set.of("x-beta"), Set.of()));
    add("feature", new Relevance(Set.of(), Set.of(), Set.of(), Set.of("waf.strict")));
    while (ports.size() < installed) {
      String other = "other" + ports.size();
      add(
          other,
          switch (ports.size() % 4) {
            case 0 -> new Relevance(Set.of(other + ".example"), Set.of(), Set.of(), Set.of());
            case 1 -> new Relevance(Set.of(), Set.of("/" + other), Set.of(), Set.of());
            case 2 -> new Relevance(Set.of(), Set.of(), Set.of("x-" + other), Set.of());
            default -> new Relevance(Set.of(), Set.of(), Set.of(), Set.of("waf." + other));
          });
    }
    index = new RelevanceIndex(ports);
  }

  private void add(String module, Relevance about) {
    ports.add(
        new BoundPort(
            module,
            Object.class,
            "1",
            "",
            about,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of()));
  }

  /** By the index. */
  @Benchmark
  public Object indexed() {
    return index.find(request);
  }

  /** One after the other. */
  @Benchmark
  public int each() {
    int relevant = 0;
    for (BoundPort port : ports) {
      relevant += port.relevance().holds(request) ? 1 : 0;
    }
    return relevant;
  }
}
