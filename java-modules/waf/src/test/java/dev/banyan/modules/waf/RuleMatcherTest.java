package dev.banyan.modules.waf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.banyan.modules.edge.TextFinder;
import dev.banyan.modules.waf.WafRules.Rule;
import dev.banyan.modules.waf.WafRules.Target;
import dev.banyan.testkit.Draw;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RuleMatcherTest {
  private static BitSet filtered(Target target, String text) {
    BitSet matched = RuleMatcher.of(target, WafRules.ALL).match(text, null);
    return matched == null ? new BitSet() : matched;
  }

  private static BitSet regexesAlone(Target target, String text) {
    BitSet matched = new BitSet();
    for (int i = 0; i < WafRules.ALL.size(); i++) {
      Rule rule = WafRules.ALL.get(i);
      matched.set(i, rule.target() == target && rule.pattern().matcher(text).find());
    }
    return matched;
  }

  @Test
  void thePrefilterChangesNoAnswerAndEveryRuleWasTried() {
    Set<Integer> matched = new HashSet<>();
    Draw.cases(
        20_000,
        draw -> {
          String text = Attacks.draw(draw);
          Target target = draw.one(List.of(Target.values()));
          BitSet expected = regexesAlone(target, text);
          assertThat(filtered(target, text)).as("%s in \"%s\"", target, text).isEqualTo(expected);
          expected.stream().forEach(matched::add);
        });
    assertThat(
            WafRules.ALL.stream()
                .filter(rule -> !matched.contains(WafRules.ALL.indexOf(rule)))
                .map(Rule::id))
        .as("rules that no text matched")
        .isEmpty();
  }

  @Test
  void aRuleRequiresWhatItsRegexCannotMatchWithout() {
    assertThat(PatternReader.read("\\bUnion\\b.{1,100}?\\bselect\\b").all())
        .containsExactly(Set.of("union"), Set.of("select"));
    assertThat(PatternReader.read("(?:'|\")\\s*(?:or|and)").all())
        .containsExactly(Set.of("'", "\""), Set.of("or", "and"));
    assertThat(PatternReader.read("/bin/(?:ba|c)?sh\\b").all())
        .containsExactly(Set.of("/bin/sh", "/bin/bash", "/bin/csh"));
    assertThat(PatternReader.read("a|b\\d|\\d").all()).isEmpty();
    assertThat(PatternReader.read(".{2048}").shortest()).isEqualTo(2_048);
    assertThat(PatternReader.read("[^\\x20-\\x7e]{4}").all())
        .singleElement()
        .satisfies(octets -> assertThat(octets).hasSize(161).contains("\u0000", "\u00ff"));
    assertThat(PatternReader.read("[0-9a-z]x?[^/]").all()).isEmpty();
  }

  @Test
  void syntaxThatThePrefilterDoesNotKnowIsRefusedWhenTheRulesAreCompiled() {
    for (String regex : List.of("(?=x)", "\\p{L}", "*a", "(a", "a)")) {
      assertThatIllegalArgumentException()
          .as(regex)
          .isThrownBy(() -> PatternReader.read(regex))
          .withMessageContaining("teach PatternReader");
    }
  }

  @Test
  void ordinaryTextRunsAlmostNoRegex() {
    String text = "page=2&size=50 blue shoes for the summer, sorted by date";
    List<Set<String>> sets =
        WafRules.ALL.stream()
            .filter(rule -> rule.target() == Target.ARGS)
            .flatMap(rule -> PatternReader.read(rule.pattern().pattern()).all().stream())
            .collect(Collectors.toList());
    long[] seen = new TextFinder(sets).scan(text);
    assertThat(seen == null ? 0 : BitSet.valueOf(seen).cardinality()).isLessThan(sets.size() / 10);
  }
}
