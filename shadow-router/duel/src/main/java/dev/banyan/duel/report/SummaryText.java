package dev.banyan.duel.report;

import dev.banyan.duel.compare.Difference;
import dev.banyan.duel.run.Outcome;
import dev.banyan.duel.run.Report;
import dev.banyan.duel.run.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The summary that the command prints. */
public final class SummaryText {
  private static final int SORTS = 10;
  private static final String ROW = "  %-32s %8s %8s %8s %9s %11s";

  private final Report report;
  private final Reading reading = new Reading();
  private final List<String> lines = new ArrayList<>();

  private SummaryText(Report report) {
    this.report = report;
  }

  /** Its lines: what was run, a line for each class, then what differs with an example each. */
  public static String of(Report report) {
    SummaryText text = new SummaryText(report);
    text.head();
    text.groups();
    text.sorts(Verdict.DIFFERS, "differs");
    text.sorts(Verdict.UNSTEADY, "unsteady: differed among many, not always when asked alone");
    text.unanswered();
    text.oddities();
    return String.join(System.lineSeparator(), text.lines);
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency for this alone
  private void line(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values).stripTrailing());
  }

  private void head() {
    double seconds = Math.max(report.took().toMillis(), 1) / 1000.0;
    String names = report.targets().stream().map(t -> t.name()).collect(Collectors.joining(", "));
    line(
        "%,d cases on %s: %,d requests in %.1f s (%,.0f a second), at most %,d cases in flight, seed %d",
        report.results().size(),
        names,
        report.requests(),
        seconds,
        report.requests() / seconds,
        report.peak(),
        report.seed());
    line("");
  }

  private void groups() {
    line(ROW, "class", "cases", "equal", "differs", "unsteady", "unanswered");
    Map<String, Map<Verdict, Integer>> groups = Tally.byGroup(report);
    groups.forEach(this::row);
    if (groups.size() > 1) {
      Map<Verdict, Integer> all = new java.util.EnumMap<>(Verdict.class);
      groups.values().forEach(g -> g.forEach((verdict, n) -> all.merge(verdict, n, Integer::sum)));
      row("all", all);
    }
  }

  private void row(String group, Map<Verdict, Integer> counts) {
    int cases = counts.values().stream().mapToInt(Integer::intValue).sum();
    line(
        ROW,
        Difference.shown(group),
        number(cases),
        number(Tally.count(counts, Verdict.EQUAL)),
        number(Tally.count(counts, Verdict.DIFFERS)),
        number(Tally.count(counts, Verdict.UNSTEADY)),
        number(Tally.count(counts, Verdict.UNANSWERED)));
  }

  private static String number(int count) {
    return count == 0 ? "-" : String.format(Locale.ROOT, "%,d", count);
  }

  private void sorts(Verdict verdict, String title) {
    Map<String, List<Outcome>> sorts = Tally.bySignature(report, verdict);
    int shown = 0;
    for (Map.Entry<String, List<Outcome>> sort : sorts.entrySet()) {
      if (shown++ == SORTS) {
        line("");
        line("and %d further sorts: --report DIR writes them all", sorts.size() - SORTS);
        break;
      }
      line("");
      line("%s, %,d: %s", title, sort.getValue().size(), Difference.shown(sort.getKey()));
      example(sort.getValue());
    }
  }

  private void example(List<Outcome> outcomes) {
    Outcome best =
        outcomes.stream().filter(o -> o.shrunk() != null).findFirst().orElse(outcomes.getFirst());
    line(
        "  such as \"%s\" (%s)",
        reading.title(best.one().title()), Difference.shown(best.one().source()));
    reading.whole(best, report.targets().getFirst().name()).lines().forEach(l -> line("    %s", l));
  }

  private void unanswered() {
    List<Outcome> none =
        report.exceptions().stream().filter(o -> o.verdict() == Verdict.UNANSWERED).toList();
    if (!none.isEmpty()) {
      line("");
      line("unanswered, %,d: no target gave a whole answer", none.size());
      example(none);
    }
  }

  static String outcome(Report report) {
    if (report.isClean()) {
      return "no difference";
    }
    return report.isAlike() ? "no difference in what was asked" : "NOT alike";
  }

  private void oddities() {
    line("");
    report.flaws().forEach(flaw -> line("not asked: %s", flaw));
    if (report.notKept() > 0) {
      line("%,d further cases that are not equal are counted only", report.notKept());
    }
    if (report.notAsked() > 0) {
      line(
          "ended early: %,d cases were not asked, or their answers not awaited", report.notAsked());
    }
    if (report.surplus() > 0) {
      line("%,d times a target sent octets that belong to no request", report.surplus());
    }
    if (report.sentAgain() > 0) {
      line("%,d requests were sent again: a kept connection had been closed", report.sentAgain());
    }
    if (report.marked() > 0 || report.unmarked() > 0) {
      line(
          "origins received %,d requests of these cases and %,d others",
          report.marked(), report.unmarked());
    }
    if (report.marked() == 0 && report.unmarked() > 0) {
      line("no target hands the mark on: what origins received was not compared (--mark)");
    }
    line(outcome(report));
  }
}
