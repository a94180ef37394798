package dev.banyan.duel.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one reading: reads a suite. A case is a block:
 *
 * <pre>
 * === an expired token is refused
 * class: auth
 * --- ask
 * GET /api/items HTTP/1.1
 * Host: t001.example.com
 * --- body
 * what the request carries
 * --- origin chunked
 * 200 OK
 * Content-Type: text/html
 *
 * what the duel's own origin answers
 * </pre>
 *
 * <p>{@code class}, {@code body} and {@code origin} may be left out; every further {@code ask} is a
 * further request over the same connection. Lines that start with # before the first {@code ---} of
 * a block are comments.
 */
public final class SuiteReader {
  /** The longest suite that is read. */
  public static final long MAX_SIZE = 256L << 20;

  private final String file;
  private final List<Case> cases = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private @Nullable CaseDraft draft;

  private SuiteReader(String file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws SuiteException with all that is wrong with it, each with its line
   */
  public static List<Case> read(Path file) {
    try {
      if (Files.size(file) > MAX_SIZE) {
        throw new SuiteException(
            file + ": larger than " + (MAX_SIZE >> 20) + " MiB: split it into several suites");
      }
      return parse(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new SuiteException(file + ": can't be read: " + e.getMessage());
    }
  }

  /** As {@link #read}, of a text; {@code file} is what problems call it. */
  public static List<Case> parse(String file, String text) {
    SuiteReader reader = new SuiteReader(file);
    int number = 0;
    for (String line : text.split("\r?\n", -1)) {
      reader.line(line, ++number);
    }
    reader.finish(number);
    if (reader.problems.isEmpty() && reader.cases.isEmpty()) {
      reader.problem(1, "no case: a case starts with a line \"=== its title\"");
    }
    if (!reader.problems.isEmpty()) {
      throw new SuiteException(reader.problems);
    }
    return List.copyOf(reader.cases);
  }

  private void line(String line, int number) {
    try {
      if (line.startsWith("===")) {
        finish(number);
        draft = new CaseDraft(line.substring(3).strip(), file + ":" + number);
      } else if (draft != null) {
        draft.line(line);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        throw new IllegalArgumentException("expected a line \"=== title\" before anything else");
      }
    } catch (IllegalArgumentException e) {
      problem(number, String.valueOf(e.getMessage()));
    }
  }

  private void finish(int number) {
    CaseDraft done = draft;
    draft = null;
    if (done != null && problems.isEmpty()) {
      try {
        cases.add(done.finish());
      } catch (IllegalArgumentException e) {
        problem(number, String.valueOf(e.getMessage()));
      }
    }
  }

  private void problem(int line, String what) {
    problems.add(file + ":" + line + ": " + what);
  }
}
