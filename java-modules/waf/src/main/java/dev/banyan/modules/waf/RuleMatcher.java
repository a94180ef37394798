package dev.banyan.modules.waf;

import dev.banyan.modules.edge.TextFinder;
import dev.banyan.modules.waf.WafRules.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: the rules of one target. One pass over a text finds the few rules that could match;
 * only their regexes run, so that the answer is the regexes' own.
 */
final class RuleMatcher {
  private final List<Candidate> candidates;
  private final TextFinder prefilter;

  /** Texts below this length have nothing to match but what the prefilter sees. */
  private final int shortest;

  /** A rule, where it stands among all, and what a text needs before its regex is worth a try. */
  private record Candidate(int index, Pattern pattern, int shortest, int firstSet, int endSet) {
    boolean possible(String text, long @Nullable [] seen) {
      if (text.length() < shortest) {
        return false;
      }
      for (int set = firstSet; set < endSet; set++) {
        if (seen == null || (seen[set / Long.SIZE] & (1L << set)) == 0) {
          return false;
        }
      }
      return true;
    }
  }

  private RuleMatcher(List<Candidate> candidates, TextFinder prefilter) {
    this.candidates = List.copyOf(candidates);
    this.prefilter = prefilter;
    this.shortest =
        candidates.stream()
            .filter(candidate -> candidate.firstSet() == candidate.endSet())
            .mapToInt(Candidate::shortest)
            .min()
            .orElse(Integer.MAX_VALUE);
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

  /** Adds the rules that match in the text; {@code matched} is null as long as there are none. */
  @Nullable BitSet match(String text, @Nullable BitSet matched) {
    long[] seen = prefilter.scan(text);
    if (seen == null && text.length() < shortest) {
      return matched;
    }
    BitSet all = matched;
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      if (candidate.possible(text, seen)
          && (all == null || !all.get(candidate.index()))
          && candidate.pattern().matcher(text).find()) {
        all = all == null ? new BitSet() : all;
        all.set(candidate.index());
      }
    }
    return all;
  }
}
