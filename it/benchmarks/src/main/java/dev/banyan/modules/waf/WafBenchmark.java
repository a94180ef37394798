package dev.banyan.modules.waf;

import dev.banyan.modules.waf.WafRules.Rule;
import dev.banyan.modules.waf.WafRules.Target;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One request's texts against all rules: the prefilter and its regexes, and regexes alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WafBenchmark {
  private record Text(Target target, String octets) {}

  private static final List<Text> REQUEST =
      List.of(
          new Text(Target.URI, "/catalogue/shoes/summer-42.html"),
          new Text(Target.URI, "/catalogue/shoes/summer-42.html?q=blue+shoes&size=42&sort=date"),
          new Text(Target.ARGS, "q"),
          new Text(Target.ARGS, "blue shoes for the summer"),
          new Text(Target.ARGS, "size"),
          new Text(Target.ARGS, "42"),
          new Text(Target.ARGS, "sort"),
          new Text(Target.ARGS, "date"),
          new Text(
              Target.HEADERS,
              "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
                  + " Chrome/126.0 Safari/537.36"),
          new Text(Target.HEADERS, "https://shop.example.com/catalogue?page=3"),
          new Text(Target.HEADERS, "session=0a1b2c3d4e5f; theme=dark; seen=12,15,19"),
          new Text(Target.BODY, "name=Ann+Smith&street=Long+Road+12&city=Oldtown&note=".repeat(8)));

  private final Map<Target, RuleMatcher> matchers = new EnumMap<>(Target.class);

  /** Compiles the rules. */
  public WafBenchmark() {
    for (Target target : Target.values()) {
      matchers.put(target, RuleMatcher.of(target, WafRules.ALL));
    }
  }

  /** One pass, then the regexes that it left. */
  @Benchmark
  public @Nullable BitSet prefiltered() {
    BitSet matched = null;
    for (Text text : REQUEST) {
      matched = Objects.requireNonNull(matchers.get(text.target())).match(text.octets(), matched);
    }
    return matched;
  }

  /** One regex after the other. */
  @Benchmark
  public BitSet regexesAlone() {
    BitSet matched = new BitSet(WafRules.ALL.size());
    for (int i = 0; i < WafRules.ALL.size(); i++) {
      Rule rule = WafRules.ALL.get(i);
      for (Text text : REQUEST) {
        if (text.target() == rule.target() && rule.pattern().matcher(text.octets()).find()) {
          matched.set(i);
          break;
        }
      }
    }
    return matched;
  }
}
