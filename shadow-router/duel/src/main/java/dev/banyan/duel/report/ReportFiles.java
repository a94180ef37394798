package dev.banyan.duel.report;

import dev.banyan.duel.run.Outcome;
import dev.banyan.duel.run.Report;
import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.SuiteWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The files of a report in a folder. */
public final class ReportFiles {
  /** The page. */
  public static final String PAGE = "report.html";

  /** The XML for build servers. */
  public static final String JUNIT = "junit.xml";

  /** The suite of the smallest differing cases: as asked, with whatever secrets they need. */
  public static final String REPRODUCERS = "reproducers.suite";

  private ReportFiles() {}

  /** Writes them, in place of an earlier report's. */
  public static void write(Report report, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Writer page = Files.newBufferedWriter(folder.resolve(PAGE))) {
      HtmlReport.write(report, page);
    }
    try (Writer xml = Files.newBufferedWriter(folder.resolve(JUNIT))) {
      JUnitXml.write(report, xml);
    }
    List<Case> cases = reproducers(report);
    Path suite = folder.resolve(REPRODUCERS);
    if (cases.isEmpty()) {
      Files.deleteIfExists(suite);
    } else {
      Files.writeString(suite, SuiteWriter.text(cases));
    }
  }

  /**
   * A case for each sort of difference: the smallest, or where none was made smaller, the first.
   */
  static List<Case> reproducers(Report report) {
    List<Case> cases = new ArrayList<>();
    Set<String> sorts = new HashSet<>();
    for (Outcome outcome : report.exceptions()) {
      Case smallest = outcome.shrunk();
      if (smallest != null && sorts.add(outcome.signature())) {
        cases.add(smallest);
      }
    }
    for (Outcome outcome : report.exceptions()) {
      if (sorts.add(outcome.signature())) {
        cases.add(outcome.one());
      }
    }
    return cases;
  }
}
