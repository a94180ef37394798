package dev.banyan.duel.record;

import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Flaw;
import dev.banyan.duel.suite.Loaded;
import dev.banyan.duel.suite.OriginAnswer;
import dev.banyan.duel.suite.Request;
import dev.banyan.duel.suite.Step;
import dev.banyan.duel.suite.SuiteException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads recorded traffic as cases, secrets taken out. What was recorded is the request as far as
 * the recording knows it: a HAR file has its fields and its body, an access log little more than
 * its line.
 */
public final class Recording {
  /** The largest recording that is read. */
  public static final long MAX_SIZE = 512L << 20;

  private static final Cleaner CLEANER = new Cleaner();

  private Recording() {}

  /**
   * Reads a HAR file, as browsers save it; an entry that can't be asked again is left out.
   *
   * @throws SuiteException where it is none, or no entry can be asked
   */
  public static Loaded har(Path file) {
    JsonNode entries;
    try {
      check(file);
      entries = new JsonMapper().readTree(Files.readAllBytes(file)).path("log").path("entries");
    } catch (IOException e) {
      throw SuiteException.unreadable(file, e);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new SuiteException(
          new Flaw(file + ":" + line, "not JSON: " + e.getOriginalMessage()).toString());
    }
    if (!entries.isArray() || entries.isEmpty()) {
      throw new SuiteException(file + ":1: no requests: expected a HAR file with log.entries");
    }
    List<Case> cases = new ArrayList<>();
    List<Flaw> flaws = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      String source = file + " entry " + (i + 1);
      try {
        cases.add(
            one("har", HarEntry.request(entries.get(i)), HarEntry.answer(entries.get(i)), source));
      } catch (IllegalArgumentException e) {
        flaws.add(flaw(source, e));
      }
    }
    return loaded(cases, flaws);
  }

  /**
   * Reads an access log: each line in nginx's combined format, or a JSON object. A line that can't
   * be asked again is left out: what was no request, or cut short.
   *
   * @param host what requests are sent to whose line names no host
   * @throws SuiteException where no line can be asked
   */
  public static Loaded accessLog(Path file, String host) {
    List<String> lines;
    try {
      check(file);
      lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw SuiteException.unreadable(file, e);
    }
    List<Case> cases = new ArrayList<>();
    List<Flaw> flaws = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = (i == 0 ? withoutMark(lines.get(i)) : lines.get(i)).strip();
      String source = file + ":" + (i + 1);
      try {
        if (!line.isEmpty()) {
          cases.add(one("access log", LogLine.request(line, host), OriginAnswer.DEFAULT, source));
        }
      } catch (IllegalArgumentException e) {
        flaws.add(flaw(source, e));
      }
    }
    if (cases.isEmpty() && flaws.isEmpty()) {
      flaws.add(new Flaw(file + ":1", "no line"));
    }
    return loaded(cases, flaws);
  }

  /** Some editors begin a file with what says that it is UTF-8. */
  private static String withoutMark(String line) {
    return line.startsWith("\u00ef\u00bb\u00bf") ? line.substring(3) : line;
  }

  private static Flaw flaw(String source, IllegalArgumentException why) {
    return new Flaw(source, CLEANER.message(String.valueOf(why.getMessage())));
  }

  private static void check(Path file) throws IOException {
    if (Files.size(file) > MAX_SIZE) {
      throw new SuiteException(
          file + ": larger than " + (MAX_SIZE >> 20) + " MiB: take a part of it");
    }
  }

  private static Case one(String group, Request request, OriginAnswer answer, String source) {
    Request clean = CLEANER.clean(request);
    String shown =
        clean.target().length() > 60 ? clean.target().substring(0, 60) + "..." : clean.target();
    return Case.of(group, clean.method() + " " + shown, new Step(clean, answer), source);
  }

  private static final int PROBLEMS = 20;

  private static Loaded loaded(List<Case> cases, List<Flaw> flaws) {
    if (!cases.isEmpty()) {
      return new Loaded(cases, flaws);
    }
    List<String> first = new ArrayList<>();
    flaws.stream().limit(PROBLEMS).forEach(flaw -> first.add(flaw.toString()));
    if (flaws.size() > PROBLEMS) {
      first.add("and " + (flaws.size() - PROBLEMS) + " more that can't be read");
    }
    throw new SuiteException(first);
  }
}
