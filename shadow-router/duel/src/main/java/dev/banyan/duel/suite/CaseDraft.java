package dev.banyan.duel.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Owned by its reader: a case whose lines are still coming. */
final class CaseDraft {
  /** What the lines belong to that come now. */
  private enum Section {
    INTRODUCTION,
    ASK,
    BODY,
    ORIGIN,
    /** Of a line that names none: what follows is passed over. */
    UNKNOWN
  }

  private final String title;
  private final String source;
  private final List<Step> steps = new ArrayList<>();
  private final List<String> body = new ArrayList<>();
  private String group = Case.NO_GROUP;
  private Section section = Section.INTRODUCTION;
  private @Nullable RequestDraft request;
  private @Nullable OriginDraft origin;
  private boolean spoilt;

  CaseDraft(String title, String source) {
    this.title = title;
    this.source = source;
  }

  /**
   * Checks that it has a title.
   *
   * @throws IllegalArgumentException when it hasn't
   */
  void named() {
    if (title.isEmpty()) {
      throw new IllegalArgumentException("expected a title after \"===\"");
    }
  }

  /** One of its lines is wrong: it won't be asked, and its other lines are read for mistakes. */
  void spoil() {
    spoilt = true;
  }

  void line(String line) {
    if (line.startsWith("---")) {
      section(line.substring(3).strip());
      return;
    }
    switch (section) {
      case INTRODUCTION -> introduction(line);
      case ASK -> asked().line(line);
      case BODY -> body.add(Escapes.decode(line));
      case ORIGIN -> {
        if (origin != null) {
          origin.line(line);
        }
      }
      case UNKNOWN -> {
        // its first line was told of
      }
    }
  }

  private void introduction(String line) {
    if (line.startsWith("class:")) {
      String name = line.substring("class:".length()).strip();
      if (name.isEmpty()) {
        throw new IllegalArgumentException("expected a name after \"class:\"");
      }
      group = name;
    } else if (!line.isBlank() && !line.startsWith("#")) {
      throw new IllegalArgumentException(
          "\"" + line.strip() + "\": expected \"class: NAME\", \"# comment\" or \"--- ask\"");
    }
  }

  private void section(String words) {
    String[] split = words.split("\\s+");
    section = Section.UNKNOWN;
    switch (split[0]) {
      case "ask" -> {
        endStep();
        request = new RequestDraft();
        section = Section.ASK;
        noMore(split);
      }
      case "body" -> {
        asked();
        once(!body.isEmpty(), "body");
        section = Section.BODY;
        noMore(split);
      }
      case "origin" -> {
        asked();
        once(origin != null, "origin");
        origin = new OriginDraft(List.of(split).subList(1, split.length));
        section = Section.ORIGIN;
      }
      default ->
          throw new IllegalArgumentException(
              "\"--- " + words + "\": expected --- ask, --- body or --- origin");
    }
  }

  private static void noMore(String[] words) {
    if (words.length > 1) {
      throw new IllegalArgumentException(
          "\"" + words[1] + "\": nothing may follow \"--- " + words[0] + "\"");
    }
  }

  private static void once(boolean again, String word) {
    if (again) {
      throw new IllegalArgumentException(
          "a second \"--- " + word + "\": a request has one, after its \"--- ask\"");
    }
  }

  private RequestDraft asked() {
    if (request == null) {
      throw new IllegalArgumentException("expected \"--- ask\" first");
    }
    return request;
  }

  private void endStep() {
    if (request == null) {
      return;
    }
    RequestDraft asked = request;
    OriginDraft answered = origin;
    request = null;
    origin = null;
    if (!spoilt) {
      Request finished = asked.finish(join(body));
      steps.add(new Step(finished, answered == null ? OriginAnswer.DEFAULT : answered.finish()));
    }
    body.clear();
  }

  /**
   * The case; nothing when a line of it was wrong, which was told.
   *
   * @throws IllegalArgumentException when something is missing
   */
  Optional<Case> finish() {
    endStep();
    if (spoilt) {
      return Optional.empty();
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException(
          "the case \"" + title + "\" asks nothing: add \"--- ask\" and a request");
    }
    return Optional.of(new Case(title, group, steps, source));
  }

  /** Lines as a text; the empty lines at the end only part it from what follows. */
  static String join(List<String> lines) {
    int end = lines.size();
    while (end > 0 && lines.get(end - 1).isEmpty()) {
      end--;
    }
    return String.join("\n", lines.subList(0, end));
  }
}
