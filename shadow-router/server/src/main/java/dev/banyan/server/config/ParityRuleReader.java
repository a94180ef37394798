package dev.banyan.server.config;

import dev.banyan.router.parity.Lenience;
import dev.banyan.router.parity.ParityRule;
import dev.banyan.router.parity.PathPattern;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that reads: one of a module's {@code parity-rules}. */
final class ParityRuleReader {
  private static final List<String> WAYS = List.of("ignore", "tolerate", "normalise");

  private final YamlSection section;

  ParityRuleReader(YamlSection section) {
    this.section = section;
  }

  /** The rule, or nothing when it has a problem, which is reported. */
  Optional<ParityRule> read() {
    String at = required("at", "name the place, as banyan mismatches shows it: results[*].score");
    String function = section.text("function");
    Lenience lenience = lenience();
    String reason = required("reason", "say why it is let pass");
    LocalDate until = until();
    section.finish();
    if (at == null || at.isBlank() || lenience == null || reason == null || until == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ParityRule(new PathPattern(at), function, lenience, reason, until, section.line()));
  }

  private @Nullable String required(String key, String advice) {
    String text = section.text(key);
    if (text == null || text.isBlank()) {
      section.problem(section.line(), "a parity rule has no \"" + key + "\": " + advice);
      return null;
    }
    return text;
  }

  private @Nullable Lenience lenience() {
    List<Lenience> found = new ArrayList<>();
    String ignore = section.text("ignore");
    if (ignore != null) {
      if (!ignore.equals("true")) {
        section.expected("ignore", ignore, "true, or no such key");
      }
      found.add(new Lenience.Ignore());
    }
    String tolerate = section.text("tolerate");
    if (tolerate != null) {
      found.add(tolerated(tolerate));
    }
    Lenience.Form form = section.choice("normalise", Lenience.Form.class);
    if (form != null) {
      found.add(new Lenience.Normalised(form));
    }
    long ways = WAYS.stream().filter(key -> !section.isMissing(key)).count();
    if (ways != 1) {
      section.problem(
          section.line(), "a parity rule has exactly one of " + String.join(", ", WAYS));
      return null;
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  private Lenience tolerated(String text) {
    if (text.matches("\\d{1,12}(\\.\\d{1,12})?")) {
      return new Lenience.Near(Double.parseDouble(text));
    }
    if (!text.matches("\\d{1,12}(?:ms|s|m|h|d)")) {
      section.expected("tolerate", text, "a number such as 0.5, or a time such as 250ms");
      return new Lenience.Near(0);
    }
    return new Lenience.Within(section.duration("tolerate", Duration.ZERO));
  }

  private @Nullable LocalDate until() {
    String text = required("until", "give the last day on which it counts, such as 2030-01-31");
    if (text == null) {
      return null;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      section.expected("until", text, "a day such as 2030-01-31");
      return null;
    }
  }
}
