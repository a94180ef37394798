package dev.banyan.duel.report;

import dev.banyan.duel.compare.Difference;
import dev.banyan.duel.compare.Seen;
import dev.banyan.duel.run.Outcome;
import dev.banyan.duel.run.Report;
import dev.banyan.duel.run.Verdict;
import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Flaw;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A page that tells all: it needs no other file and no host, runs no script, and shows no secrets.
 */
public final class HtmlReport {
  /** Outcomes that are shown of each sort at most. */
  static final int SHOWN = 20;

  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
      table { border-collapse: collapse; margin: .6rem 0; display: block; overflow-x: auto; }
      th, td { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top; border-bottom: 1px solid #8884; }
      td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
      pre, td.v { font: 13px/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; margin: .3rem 0; }
      .good { color: #18794e; } .bad { color: #c62a2f; } .warn { color: #ad5700; }
      @media (prefers-color-scheme: dark) { .good { color: #4cc38a; } .bad { color: #ff8589; } .warn { color: #f1a10d; } }
      summary { cursor: pointer; padding: .2rem 0; }
      details > div { margin-left: 1.2rem; }
      """;

  private final Report report;
  private final Writer out;
  private final Reading reading = new Reading();

  private HtmlReport(Report report, Writer out) {
    this.report = report;
    this.out = out;
  }

  /** Writes it; the writer stays open. */
  public static void write(Report report, Writer out) throws IOException {
    new HtmlReport(report, out).write();
  }

  private void write() throws IOException {
    out.write(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
            + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            + "<meta name=\"viewport\" content=\"width=device-width\">\n<title>banyan duel</title>\n<style>\n"
            + STYLE
            + "</style></head><body>\n");
    head();
    flaws();
    groups();
    sorts("Differences", Verdict.DIFFERS);
    sorts("Unsteady: differed among many, not always when asked alone", Verdict.UNSTEADY);
    sorts("Unanswered by all targets", Verdict.UNANSWERED);
    out.write("</body></html>\n");
  }

  private void head() throws IOException {
    double seconds = Math.max(report.took().toMillis(), 1) / 1000.0;
    boolean clean = report.isClean();
    String outcome = clean ? "No difference" : "Not alike";
    tag(
        "h1",
        clean ? "good" : report.isAlike() ? "warn" : "bad",
        !clean && report.isAlike() ? "No difference in what was asked" : outcome);
    StringBuilder targets = new StringBuilder();
    report.targets().forEach(t -> targets.append(targets.isEmpty() ? "" : ", ").append(t));
    tag(
        "p",
        "",
        String.format(
            Locale.ROOT,
            "%,d cases on %s: %,d requests in %.1f s, at most %,d cases in flight, seed %d.",
            report.results().size(),
            targets,
            report.requests(),
            seconds,
            report.peak(),
            report.seed()));
    tag(
        "p",
        "",
        String.format(
            Locale.ROOT,
            "%s%,d requests were sent again after a kept connection had been closed; %,d times"
                + " octets came that belong to no request.",
            origins(),
            report.sentAgain(),
            report.surplus()));
  }

  private String origins() {
    return report.marked() + report.unmarked() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "Origins received %,d requests of these cases and %,d others; ",
            report.marked(),
            report.unmarked());
  }

  private void flaws() throws IOException {
    if (report.notKept() > 0) {
      tag(
          "p",
          "warn",
          String.format(
              Locale.ROOT,
              "Below are the first %,d cases that are not equal; %,d further ones are counted only.",
              report.exceptions().size(),
              report.notKept()));
    }
    if (report.notAsked() > 0) {
      tag(
          "p",
          "warn",
          String.format(
              Locale.ROOT,
              "The duel was ended early: %,d cases were not asked, or their answers not awaited.",
              report.notAsked()));
    }
    if (!report.flaws().isEmpty()) {
      tag("h2", "", "Not asked: it can't be read");
      for (Flaw flaw : report.flaws()) {
        tag("p", "bad", flaw.toString());
      }
    }
  }

  private void tag(String name, String style, String text) throws IOException {
    String start = style.isEmpty() ? "<" + name + ">" : "<" + name + " class=\"" + style + "\">";
    out.write(start + Markup.escape(text) + "</" + name + ">\n");
  }

  private void groups() throws IOException {
    out.write(
        "<table><tr><th>class</th><th class=n>cases</th><th class=n>equal</th>"
            + "<th class=n>differs</th><th class=n>unsteady</th><th class=n>unanswered</th></tr>\n");
    for (Map.Entry<String, Map<Verdict, Integer>> group : Tally.byGroup(report).entrySet()) {
      Map<Verdict, Integer> counts = group.getValue();
      int cases = counts.values().stream().mapToInt(Integer::intValue).sum();
      out.write("<tr><td>" + Markup.escape(group.getKey()) + "</td>");
      number(cases, "");
      number(Tally.count(counts, Verdict.EQUAL), "good");
      number(Tally.count(counts, Verdict.DIFFERS), "bad");
      number(Tally.count(counts, Verdict.UNSTEADY), "warn");
      number(Tally.count(counts, Verdict.UNANSWERED), "warn");
      out.write("</tr>\n");
    }
    out.write("</table>\n");
  }

  private void number(int count, String style) throws IOException {
    String shown = count == 0 ? "–" : String.format(Locale.ROOT, "%,d", count);
    out.write("<td class=\"n " + (count == 0 ? "" : style) + "\">" + shown + "</td>");
  }

  private void sorts(String title, Verdict verdict) throws IOException {
    Map<String, List<Outcome>> sorts = Tally.bySignature(report, verdict);
    if (sorts.isEmpty()) {
      return;
    }
    tag("h2", "", title);
    for (Map.Entry<String, List<Outcome>> sort : sorts.entrySet()) {
      List<Outcome> all = sort.getValue();
      String name = sort.getKey().isEmpty() ? "no whole answer" : sort.getKey();
      out.write(
          "<details><summary>" + all.size() + " × " + Markup.escape(name) + "</summary><div>\n");
      for (Outcome outcome : all.subList(0, Math.min(SHOWN, all.size()))) {
        outcome(outcome);
      }
      if (all.size() > SHOWN) {
        tag("p", "", "and " + (all.size() - SHOWN) + " further cases of this sort");
      }
      out.write("</div></details>\n");
    }
  }

  private void outcome(Outcome outcome) throws IOException {
    tag("h3", "", reading.title(outcome.one().title()));
    tag("p", "", outcome.one().group() + ", " + outcome.one().source());
    if (!outcome.note().isEmpty()) {
      tag("p", "warn", outcome.note());
    }
    String control = report.targets().getFirst().name();
    out.write("<table>\n");
    for (Seen seen : outcome.seen()) {
      row(seen.target().name(), reading.answers(seen), "");
    }
    List<Difference> differences = outcome.differences();
    for (Difference difference :
        differences.subList(0, Math.min(Reading.SHOWN, differences.size()))) {
      Difference clean = reading.clean(difference);
      String what = "step " + clean.step() + ", " + clean.where();
      row(what, control + ": " + clean.control(), clean.target() + ": " + clean.other());
    }
    if (differences.size() > Reading.SHOWN) {
      row("and " + (differences.size() - Reading.SHOWN) + " further differences", "", "");
    }
    out.write("</table>\n");
    Case smallest = outcome.shrunk();
    tag("p", "", smallest == null ? "Asked:" : "The smallest request that differs so:");
    tag("pre", "", reading.requests(smallest == null ? outcome.one() : smallest));
  }

  private void row(String name, String left, String right) throws IOException {
    out.write("<tr><th>" + Markup.escape(name) + "</th><td class=v>" + Markup.escape(left));
    out.write("</td><td class=v>" + Markup.escape(right) + "</td></tr>\n");
  }
}
