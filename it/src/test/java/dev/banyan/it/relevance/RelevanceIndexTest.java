package dev.banyan.it.relevance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.host.BoundPort;
import dev.banyan.host.Relevance;
import dev.banyan.host.RelevanceIndex;
import dev.banyan.host.RelevanceIndex.Found;
import dev.banyan.testkit.TestCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules that a request doesn't concern are not looked at, and all others are found. */
final class RelevanceIndexTest {
  private static final int TRIES = 2_000;
  private static final List<String> WORDS = List.of("a", "b", "ab", "c");

  private final Random random = new Random(20261124);

  private static BoundPort port(String module, Relevance about) {
    return new BoundPort(
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
        Map.of());
  }

  /** Four modules for the request, one a kind of condition, and others until there are enough. */
  private static List<BoundPort> installed(int count) {
    List<BoundPort> ports = new ArrayList<>();
    ports.add(port("host", about(Set.of(".shop.example"), Set.of(), Set.of(), Set.of())));
    ports.add(port("path", about(Set.of(), Set.of("/api/"), Set.of(), Set.of())));
    ports.add(port("header", about(Set.of(), Set.of(), Set.of("x-beta"), Set.of())));
    ports.add(port("feature", about(Set.of(), Set.of(), Set.of(), Set.of("waf.strict"))));
    for (int i = ports.size(); i < count; i++) {
      String other = "other" + i;
      ports.add(
          port(
              other,
              switch (i % 4) {
                case 0 -> about(Set.of(other + ".example"), Set.of(), Set.of(), Set.of());
                case 1 -> about(Set.of(), Set.of("/" + other), Set.of("x-beta"), Set.of());
                case 2 -> about(Set.of(), Set.of(), Set.of("x-" + other), Set.of());
                default -> about(Set.of(), Set.of(), Set.of(), Set.of("waf." + other));
              }));
    }
    return ports;
  }

  private static Relevance about(
      Set<String> hosts, Set<String> paths, Set<String> headers, Set<String> features) {
    return new Relevance(hosts, paths, headers, features);
  }

  private static TestCall request() {
    return TestCall.get("/api/items")
        .variable("host", "eu.shop.example")
        .header("X-Beta", "1")
        .header("Accept", "*/*")
        .ctx("tenant", Map.of("id", "t1", "waf", Map.of("strict", true, "mode", "block")));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 1_000})
  void theWorkIsThatOfTheRelevantModulesHoweverManyAreInstalled(int count) {
    Found found = new RelevanceIndex(installed(count)).find(request());
    assertThat(found.modules()).containsExactlyInAnyOrder("host", "path", "header", "feature");
    assertThat(found.examined()).isEqualTo(4);
  }

  @Test
  void aRequestThatConcernsNobodyCostsNoEvaluation() {
    TestCall plain = TestCall.get("/").variable("host", "example.org");
    assertThat(new RelevanceIndex(installed(1_000)).find(plain)).isEqualTo(new Found(Set.of(), 0));
  }

  @Test
  void aModuleWithoutConditionsIsAlwaysFound() {
    Found found = new RelevanceIndex(List.of(port("m", Relevance.ALWAYS))).find(request());
    assertThat(found).isEqualTo(new Found(Set.of("m"), 0));
  }

  @Test
  void theIndexFindsWhatEvaluatingEveryConditionFinds() {
    for (int i = 0; i < TRIES; i++) {
      List<BoundPort> ports = new ArrayList<>();
      for (int n = 0; n < 8; n++) {
        ports.add(port("m" + n, anyRelevance()));
      }
      TestCall call = anyCall();
      Set<String> expected = new TreeSet<>();
      ports.stream()
          .filter(port -> port.relevance().holds(call))
          .forEach(port -> expected.add(port.module()));
      assertThat(new TreeSet<>(new RelevanceIndex(ports).find(call).modules()))
          .as("try %s of %s", i, ports)
          .isEqualTo(expected);
    }
  }

  private Relevance anyRelevance() {
    return about(
        some(word -> random.nextBoolean() ? word + ".example" : "." + word),
        some(word -> "/" + word),
        some(word -> "x-" + word),
        some(word -> random.nextBoolean() ? word : "deep." + word));
  }

  private Set<String> some(java.util.function.UnaryOperator<String> form) {
    Set<String> chosen = new TreeSet<>();
    for (int i = random.nextInt(6) - 3; i > 0; i--) {
      chosen.add(form.apply(WORDS.get(random.nextInt(WORDS.size()))));
    }
    return chosen;
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private TestCall anyCall() {
    TestCall call = TestCall.get("/" + word() + "/" + word());
    if (random.nextInt(5) > 0) {
      call.variable("host", random.nextBoolean() ? word() + ".Example" : "x." + word());
    }
    call.header("X-" + word(), "1").header("x-" + word(), "2");
    if (random.nextInt(5) > 0) {
      call.ctx("tenant", Map.of(word(), random.nextBoolean(), "deep", Map.of(word(), 1, "z", "y")));
    }
    return call;
  }
}
