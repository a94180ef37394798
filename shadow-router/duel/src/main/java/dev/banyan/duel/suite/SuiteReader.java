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

  /** What some editors write before a text in UTF-8. */
  private static final String MARK = "\u00ef\u00bb\u00bf";

  private final String file;
  private final List<Case> cases = new ArrayList<>();
  private final List<Flaw> flaws = new ArrayList<>();
  private @Nullable CaseDraft draft;
  private boolean strayed;

  private SuiteReader(String file) {
    this.file = file;
  }

  /**
   * Reads a file; a case with a mistake is left out, and every mistake told.
   *
   * @throws SuiteException when the file can't be read, or holds no case at all
   */
  public static Loaded load(Path file) {
    try {
      if (Files.size(file) > MAX_SIZE) {
        throw new SuiteException(
            file + ": larger than " + (MAX_SIZE >> 20) + " MiB: split it into several suites");
      }
      return load(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw SuiteException.unreadable(file, e);
    }
  }

  /**
   * As {@link #load}, of a file that has to be right.
   *
   * @throws SuiteException with all that is wrong with it, each with its line
   */
  public static List<Case> read(Path file) {
    return load(file).flawless();
  }

  /** As {@link #read}, of a text; {@code file} is what problems call it. */
  public static List<Case> parse(String file, String text) {
    return load(file, text).flawless();
  }

  private static Loaded load(String file, String text) {
    SuiteReader reader = new SuiteReader(file);
    int number = 0;
    String[] lines =
        (text.startsWith(MARK) ? text.substring(MARK.length()) : text).split("\r?\n", -1);
    for (String line : lines) {
      reader.line(line, ++number);
    }
    reader.finish(number);
    if (reader.cases.isEmpty() && reader.flaws.isEmpty()) {
      reader.flaw(1, "no case: a case starts with a line \"=== its title\"");
    }
    Loaded loaded = new Loaded(reader.cases, reader.flaws);
    return loaded.cases().isEmpty() ? new Loaded(loaded.flawless(), List.of()) : loaded;
  }

  private void line(String line, int number) {
    CaseDraft current = draft;
    try {
      if (line.startsWith("===")) {
        finish(number - 1);
        draft = new CaseDraft(line.substring(3).strip(), file + ":" + number);
        draft.named();
      } else if (current != null) {
        current.line(line);
      } else if (!strayed && !line.isBlank() && !line.startsWith("#")) {
        strayed = true;
        throw new IllegalArgumentException("expected a line \"=== title\" before anything else");
      }
    } catch (IllegalArgumentException e) {
      if (draft != null) {
        draft.spoil();
      }
      flaw(number, String.valueOf(e.getMessage()));
    }
  }

  private void finish(int number) {
    CaseDraft done = draft;
    draft = null;
    if (done != null) {
      try {
        done.finish().ifPresent(cases::add);
      } catch (IllegalArgumentException e) {
        flaw(number, String.valueOf(e.getMessage()));
      }
    }
  }

  private void flaw(int line, String what) {
    flaws.add(new Flaw(file + ":" + line, what));
  }
}
