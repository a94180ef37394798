package dev.banyan.modules.waf;

import dev.banyan.modules.edge.TextFinder;
import dev.banyan.modules.waf.WafRules.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Thread-safe: the rules of one target. One pass over a text finds the few rules that could match;
 * only their regexes run, so that the answer is the regexes' own.
 */
final class RuleMatcher {
  private final List<Candidate> candidates;
  private final TextFinder prefilter;

  /** A rule, where it stands among all, and what a text needs before its regex is worth a try. */
  private record Candidate(int index, Pattern pattern, int shortest, int firstSet, int endSet) {
    boolean possible(String text, long[] seen) {
      if (text.length() < shortest) {
        return false;
      }
      for (int set = firstSet; set < endSet; set++) {
        if ((seen[set / Long.SIZE] & (1L << set)) == 0) {
          return false;
        }
      }
      return true;
    }
  }

  private RuleMatcher(List<Candidate> candidates, TextFinder prefilter) {
    this.candidates = List.copyOf(candidates);
    this.prefilter = prefilter;
  }

  /** Compiles those of {@code all} that look at this target. */
  static RuleMatcher of(WafRules.Target target, List<Rule> all) {
    List<Candidate> candidates = new ArrayList<>();
    List<Set<String>> sets = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Rule rule = all.get(i);
      if (rule.target() == target) {
        RequiredLiterals required = PatternReader.read(rule.pattern().pattern());
        int first = sets.size();
        sets.addAll(required.all());
        candidates.add(new Candidate(i, rule.pattern(), required.shortest(), first, sets.size()));
      }
    }
    return new RuleMatcher(candidates, new TextFinder(sets));
  }

  /** Adds the rules that match in one of the texts. */
  void match(List<String> texts, BitSet matched) {
    long[] seen = new long[prefilter.words()];
    for (int i = 0; i < texts.size(); i++) {
      if (i > 0) {
        Arrays.fill(seen, 0);
      }
      match(texts.get(i), seen, matched);
    }
  }

  private void match(String text, long[] seen, BitSet matched) {
    prefilter.scan(text, seen);
    for (Candidate candidate : candidates) {
      if (candidate.possible(text, seen)
          && !matched.get(candidate.index())
          && candidate.pattern().matcher(text).find()) {
        matched.set(candidate.index());
      }
    }
  }
}
