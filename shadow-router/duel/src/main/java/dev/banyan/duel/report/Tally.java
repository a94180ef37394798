package dev.banyan.duel.report;

import dev.banyan.duel.run.Outcome;
import dev.banyan.duel.run.Report;
import dev.banyan.duel.run.Result;
import dev.banyan.duel.run.Verdict;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report counted: by class, and by what differs. */
final class Tally {
  private Tally() {}

  /** Cases by class and verdict. */
  static Map<String, Map<Verdict, Integer>> byGroup(Report report) {
    Map<String, Map<Verdict, Integer>> groups = new TreeMap<>();
    for (Result result : report.results()) {
      groups
          .computeIfAbsent(result.group(), _ -> new EnumMap<>(Verdict.class))
          .merge(result.verdict(), 1, Integer::sum);
    }
    return groups;
  }

  /** The outcomes of a verdict by what differs in them, the most frequent first. */
  static Map<String, List<Outcome>> bySignature(Report report, Verdict verdict) {
    Map<String, List<Outcome>> found =
        report.exceptions().stream()
            .filter(outcome -> outcome.verdict() == verdict)
            .collect(Collectors.groupingBy(Outcome::signature, TreeMap::new, Collectors.toList()));
    Map<String, List<Outcome>> sorted = new LinkedHashMap<>();
    found.entrySet().stream()
        .sorted((a, b) -> b.getValue().size() - a.getValue().size())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  static int count(Map<Verdict, Integer> counts, Verdict verdict) {
    return counts.getOrDefault(verdict, 0);
  }
}
