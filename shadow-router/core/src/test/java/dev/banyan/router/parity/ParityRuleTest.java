package dev.banyan.router.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParityRuleTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 5, 1);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-05-01T23:59:59Z"), ZoneOffset.UTC);

  private static ParityRule rule(String at, Lenience lenience) {
    return new ParityRule(new PathPattern(at), null, lenience, "known", TODAY, 7);
  }

  private static ModuleParity ruled(ParityRule... rules) {
    return new ModuleParity(
        "edge.waf",
        CLOCK,
        new AtomicLong(),
        new ParitySettings(
            0.99,
            9,
            Map.of("edge.waf", List.of(rules)),
            new Redactor(new byte[32], Set.of(), Redactor.Bodies.HIDDEN)));
  }

  private static Observation answer(@Nullable Object... results) {
    return new Observation("next", Arrays.asList(results), Map.of(), null);
  }

  private static @Nullable Mismatch compare(
      ModuleParity module, @Nullable Object lua, @Nullable Object java) {
    ShadowedCall call = new ShadowedCall("access", Map.of(), Traffic.UNKNOWN);
    return module.compare(call, answer(lua), answer(java));
  }

  private static boolean passes(Lenience lenience, @Nullable Object lua, @Nullable Object java) {
    return compare(ruled(rule("results[*]", lenience)), lua, java) == null;
  }

  @Test
  void whatARuleHidesIsIgnoredAndCounted() {
    ModuleParity waf = ruled(rule("results[*].took", new Lenience.Ignore()));

    assertThat(compare(waf, Map.of("took", 1, "a", 1), Map.of("took", 2, "a", 1))).isNull();
    assertThat(compare(waf, Map.of("took", 1, "a", 1), Map.of("took", 1, "a", 1))).isNull();
    assertThat(compare(waf, Map.of("took", 1, "a", 1), Map.of("took", 2, "a", 2))).isNotNull();

    Verdicts verdicts = waf.snapshot().verdicts();
    assertThat(verdicts.ignored()).isEqualTo(1);
    assertThat(verdicts.matched()).isEqualTo(1);
    assertThat(verdicts.mismatched()).isEqualTo(1);
    assertThat(verdicts.parity()).isEqualTo(2 / 3.0);
    assertThat(waf.rules()).extracting(RuleUse::hidden).containsExactly(2L);
    assertThat(waf.mismatches(1).getFirst().differences())
        .extracting(Difference::path)
        .containsExactly("results[1].a");
  }

  @Test
  void whatIsTolerantIsSoAtItsBorderToo() {
    assertThat(passes(new Lenience.Near(0.1), 1.0, 1.1)).isTrue();
    assertThat(passes(new Lenience.Near(0.1), "0.3", 0.2)).isTrue();
    assertThat(passes(new Lenience.Near(0.1), 1.0, 1.1000001)).isFalse();
    assertThat(passes(new Lenience.Near(1e9), 1.0, Double.NaN)).isFalse();
    assertThat(passes(new Lenience.Near(1e9), new BigDecimal("1e999999999"), 1.0)).isFalse();
    Lenience tenth = new Lenience.Within(Duration.ofMillis(100));
    assertThat(passes(tenth, 1_700_000_000.1, 1_700_000_000.2)).isTrue();
    assertThat(passes(tenth, "2026-05-01T00:00:00.1Z", "2026-05-01T00:00:00.2Z")).isTrue();
    assertThat(passes(tenth, "2026-05-01T00:00:00.1Z", "2026-05-01T00:00:00.201Z")).isFalse();
  }

  @Test
  void datesOfCookiesAreTimesToo() {
    Lenience second = new Lenience.Within(Duration.ofSeconds(1));
    for (List<String> dates :
        List.of(
            List.of("Thu, 18-Nov-10 11:27:35 GMT", "Thu, 18-Nov-10 11:27:36 GMT"),
            List.of("Thu, 01-Jan-70 00:00:00 GMT", "Thu, 01-Jan-70 00:00:01 GMT"),
            List.of("Thu, 18-Nov-2010 11:27:35 GMT", "Thu, 18 Nov 2010 11:27:36 GMT"),
            List.of("Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:38 1994"))) {
      assertThat(passes(second, dates.getFirst(), dates.getLast())).as("%s", dates).isTrue();
    }
    assertThat(passes(second, "Thu, 18-Nov-10 11:27:35 GMT", "Thu, 18-Nov-10 11:27:37 GMT"))
        .isFalse();
  }

  @Test
  void numbersAreTheSameOnlyWithAllTheirDigits() {
    Lenience number = new Lenience.Normalised(Lenience.Form.NUMBER);
    assertThat(passes(number, "1.50", 1.5)).isTrue();
    assertThat(passes(number, "9007199254740993", "9007199254740992")).isFalse();
  }

  @Test
  void manyHiddenDifferencesDontHideTheOneBehindThem() {
    Map<String, Object> lua = new HashMap<>();
    Map<String, Object> java = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      lua.put("a" + i, 1);
      java.put("a" + i, 2);
    }
    lua.put("z", 1);
    java.put("z", 2);
    ModuleParity waf = ruled(rule("results[*].a*", new Lenience.Ignore()));
    assertThat(compare(waf, lua, java)).isNotNull();
    assertThat(waf.clusters().getFirst().shape().text())
        .isEqualTo("access: results[*].z, another number");
  }

  @Test
  void anExpiredRuleHidesNothingAndSaysSo() {
    ParityRule old =
        new ParityRule(
            new PathPattern("*"), null, new Lenience.Ignore(), "x", TODAY.minusDays(1), 7);
    ModuleParity waf = ruled(old);
    assertThat(compare(waf, 1, 2)).isNotNull();
    assertThat(waf.rules()).extracting(RuleUse::expired).containsExactly(true);
    assertThat(rule("*", new Lenience.Ignore()).expired(TODAY)).isFalse();
  }

  @Test
  void aRuleOfOneFunctionLeavesTheOthersAlone() {
    ParityRule other =
        new ParityRule(new PathPattern("*"), "log", new Lenience.Ignore(), "x", TODAY, 7);
    assertThat(compare(ruled(other), 1, 2)).isNotNull();
  }

  @Test
  void numbersAndTimesAreTolerated() {
    assertThat(passes(new Lenience.Near(0.01), 1.5, 1.505)).isTrue();
    assertThat(passes(new Lenience.Near(0.01), "1.50", 1.5)).isTrue();
    assertThat(passes(new Lenience.Near(0.01), 1.5, 1.52)).isFalse();
    assertThat(passes(new Lenience.Near(0.01), 1.5, "much")).isFalse();
    assertThat(passes(new Lenience.Near(0.01), null, 0)).isFalse();
    Lenience second = new Lenience.Within(Duration.ofSeconds(1));
    assertThat(passes(second, "Fri, 01 May 2026 10:00:00 GMT", "Fri, 01 May 2026 10:00:01 GMT"))
        .isTrue();
    assertThat(passes(second, "2026-05-01T10:00:00Z", "2026-05-01T12:00:00.500+02:00")).isTrue();
    assertThat(passes(second, "Fri, 01 May 2026 10:00:00 GMT", "Fri, 01 May 2026 12:00:00 GMT"))
        .isFalse();
    assertThat(passes(second, "soon", "later")).isFalse();
  }

  @Test
  void normalFormsHideOnlyWhatTheySay() {
    assertThat(passes(new Lenience.Normalised(Lenience.Form.CASE), "Gzip", "gzip")).isTrue();
    assertThat(passes(new Lenience.Normalised(Lenience.Form.CASE), "Gzip", "br")).isFalse();
    assertThat(passes(new Lenience.Normalised(Lenience.Form.SPACE), " a  b", "a b ")).isTrue();
    assertThat(passes(new Lenience.Normalised(Lenience.Form.SPACE), "a b", "ab")).isFalse();
    assertThat(passes(new Lenience.Normalised(Lenience.Form.ORDER), "b, a", "a,b")).isTrue();
    assertThat(passes(new Lenience.Normalised(Lenience.Form.ORDER), List.of(1, 2), List.of(2, 1)))
        .isTrue();
    assertThat(passes(new Lenience.Normalised(Lenience.Form.ORDER), List.of(1), List.of(1, 1)))
        .isFalse();
    assertThat(passes(new Lenience.Normalised(Lenience.Form.NUMBER), "1.50", 1.5)).isTrue();
    assertThat(passes(new Lenience.Normalised(Lenience.Form.NUMBER), "", null)).isFalse();
    Lenience json = new Lenience.Normalised(Lenience.Form.JSON);
    assertThat(passes(json, "{\"a\":1.0,\"b\":[null]}", "{ \"b\": [null], \"a\": 1 }")).isTrue();
    assertThat(passes(json, "{\"a\":1}", "{\"a\":2}")).isFalse();
    assertThat(passes(json, "{\"a\":1", "{\"a\" :1")).isFalse();
    assertThat(passes(json, "null", null)).isFalse();
    assertThat(passes(json, "[".repeat(100_000), "[".repeat(99_999))).isFalse();
  }
}
