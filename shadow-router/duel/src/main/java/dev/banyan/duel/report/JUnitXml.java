package dev.banyan.duel.report;

import dev.banyan.duel.run.Outcome;
import dev.banyan.duel.run.Report;
import dev.banyan.duel.run.Result;
import dev.banyan.duel.run.Verdict;
import dev.banyan.duel.suite.Flaw;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The XML that build servers read: a suite for each class, a test for each case. */
public final class JUnitXml {
  private static final double NANOS = 1e9;

  private final Report report;
  private final Writer out;
  private final Reading reading = new Reading();
  private final Map<String, Deque<Outcome>> outcomes = new HashMap<>();

  private JUnitXml(Report report, Writer out) {
    this.report = report;
    this.out = out;
    for (Outcome outcome : report.exceptions()) {
      String key = key(outcome.one().source(), outcome.one().title());
      outcomes.computeIfAbsent(key, _ -> new ArrayDeque<>()).add(outcome);
    }
  }

  private static String key(String source, String title) {
    return source + "\n" + title;
  }

  /** Writes it; the writer stays open. */
  public static void write(Report report, Writer out) throws IOException {
    new JUnitXml(report, out).write();
  }

  private void write() throws IOException {
    out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"banyan duel\">\n");
    Map<String, List<Result>> groups =
        report.results().stream()
            .collect(Collectors.groupingBy(Result::group, TreeMap::new, Collectors.toList()));
    for (Map.Entry<String, List<Result>> group : groups.entrySet()) {
      suite(group.getKey(), group.getValue());
    }
    flaws();
    out.write("</testsuites>\n");
  }

  /** What was never asked, as errors of a suite of its own. */
  private void flaws() throws IOException {
    List<Flaw> flaws = new ArrayList<>(report.flaws());
    if (report.notAsked() > 0) {
      String why = String.format(Locale.ROOT, "%,d cases were not asked", report.notAsked());
      flaws.add(new Flaw("ended early", why));
    }
    if (flaws.isEmpty()) {
      return;
    }
    out.write(
        String.format(
            Locale.ROOT,
            "  <testsuite name=\"not asked\" tests=\"%d\" failures=\"0\" errors=\"%d\" skipped=\"0\">\n",
            flaws.size(),
            flaws.size()));
    for (Flaw flaw : flaws) {
      out.write("    <testcase classname=\"not asked\" name=\"" + Markup.escape(flaw.source()));
      out.write("\" time=\"0\">\n      <error type=\"not asked\" message=\"");
      out.write(Markup.escape(flaw.why()) + "\"/>\n    </testcase>\n");
    }
    out.write("  </testsuite>\n");
  }

  private void suite(String name, List<Result> results) throws IOException {
    long failures = results.stream().filter(r -> r.verdict() != Verdict.EQUAL).count();
    out.write(
        String.format(
            Locale.ROOT,
            "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\">\n",
            Markup.escape(name),
            results.size(),
            failures));
    for (Result result : results) {
      test(result);
    }
    out.write("  </testsuite>\n");
  }

  private void test(Result result) throws IOException {
    out.write(
        String.format(
            Locale.ROOT,
            "    <testcase classname=\"%s\" name=\"%s\" time=\"%.6f\"",
            Markup.escape(result.group()),
            Markup.escape(reading.title(result.title()) + " (" + result.source() + ")"),
            result.nanos() / NANOS));
    if (result.verdict() == Verdict.EQUAL) {
      out.write("/>\n");
      return;
    }
    Deque<Outcome> kept = outcomes.get(key(result.source(), result.title()));
    Outcome outcome = kept == null ? null : kept.poll();
    String text =
        outcome == null
            ? "more cases differ than are kept"
            : reading.whole(outcome, report.targets().getFirst().name());
    String what = outcome == null ? "" : outcome.signature();
    out.write(
        String.format(
            Locale.ROOT,
            ">\n      <failure type=\"%s\" message=\"%s\">%s</failure>\n    </testcase>\n",
            result.verdict().word(),
            Markup.escape(what.isEmpty() ? result.verdict().word() : what),
            Markup.escape(text)));
  }
}
