package dev.banyan.nginx;

import dev.banyan.nginx.HeaderRules.Field;
import dev.banyan.nginx.HeaderRules.Mode;
import dev.banyan.nginx.HeaderRules.Rule;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Owned by the thread that loads a configuration: reads {@link HeaderRules}. */
final class HeaderRuleReader {
  /** Fields that the module keeps apart, so that there is one of each. */
  private static final Set<String> SINGLE =
      Set.of(
          "server",
          "date",
          "content-encoding",
          "location",
          "refresh",
          "last-modified",
          "content-range",
          "accept-ranges",
          "www-authenticate",
          "expires",
          "e-tag",
          "content-length",
          "content-type",
          "cache-control");

  private static final String SPACES = " \t\n\u000b\f\r";
  private static final String WORDS = "[ \t\n\u000b\f\r]+";

  private final Scope scope;

  HeaderRuleReader(Scope scope) {
    this.scope = scope;
  }

  HeaderRules read() {
    List<Rule> output = rules("more_set_headers", "more_clear_headers");
    List<Rule> input = rules("more_set_input_headers", "more_clear_input_headers");
    return output.isEmpty() && input.isEmpty() ? HeaderRules.NONE : new HeaderRules(output, input);
  }

  private List<Rule> rules(String... names) {
    List<Rule> rules = new ArrayList<>();
    for (Directive directive : scope.layered(names)) {
      Rule rule = scope.compiler().problems().guardOrNull(directive, () -> rule(directive));
      if (rule != null && !rule.fields().isEmpty()) {
        rules.add(rule);
      }
    }
    return rules;
  }

  private Rule rule(Directive directive) {
    List<String> types = new ArrayList<>();
    List<Integer> statuses = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    Mode mode = Mode.SET;
    boolean input = directive.name().contains("_input_");
    boolean sets = directive.name().startsWith("more_set");
    for (int i = 0; i < directive.args().size(); i++) {
      String word = directive.arg(i);
      if (word.equals("-t")) {
        words(directive, ++i).forEach(type -> types.add(bare(type)));
      } else if (word.equals("-s") && !input) {
        words(directive, ++i).forEach(status -> statuses.add(status(directive, status)));
      } else if (word.equals("-r") && input) {
        mode = Mode.REPLACE;
      } else if (word.equals("-a") && !input && sets) {
        mode = Mode.APPEND;
      } else if (word.startsWith("-")) {
        throw problem(directive, "invalid option name: \"" + word + "\"");
      } else if (!word.isEmpty()) {
        fields.add(field(directive, word, sets));
      }
    }
    if (mode == Mode.APPEND) {
      fields.forEach(field -> checkAppended(directive, field));
    }
    return new Rule(types, statuses, mode, fields);
  }

  private static void checkAppended(Directive directive, Field field) {
    if (SINGLE.contains(field.name().toLowerCase(Locale.ROOT))) {
      throw problem(directive, "can not append builtin headers \"" + field.name() + "\"");
    }
  }

  /** The words of the argument that an option takes. */
  private static List<String> words(Directive directive, int index) {
    if (index == directive.args().size()) {
      throw problem(directive, "option " + directive.arg(index - 1) + " takes an argument.");
    }
    List<String> words = new ArrayList<>();
    for (String word : directive.arg(index).split(WORDS, -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  /** A media type without its parameters. */
  private static String bare(String type) {
    int end = type.indexOf(';');
    return end < 0 ? type : type.substring(0, end);
  }

  private static int status(Directive directive, String word) {
    int status = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c < '0' || c > '9') {
        int option = directive.args().lastIndexOf("-s");
        throw problem(
            directive,
            "invalid digit \"%c\" found in the status code list \"%s\""
                .formatted(c, directive.arg(option + 1)));
      }
      status = status * 10 + (c - '0');
    }
    return status;
  }

  /** A name, then a colon or spaces, then a value. */
  private Field field(Directive directive, String text, boolean sets) {
    int start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < text.length() && (end == start || !ends(text.charAt(end)))) {
      end++;
    }
    if (end == start) {
      throw problem(directive, "no key found in the header argument: " + text);
    }
    int value = Math.min(end + 1, text.length());
    while (value < text.length() && ends(text.charAt(value))) {
      value++;
    }
    // as in the module: of spaces at the beginning a name takes so many as it drops letters
    String name = text.substring(0, end - start);
    boolean wildcard = name.endsWith("*");
    if (wildcard && name.length() < 2) {
      throw problem(directive, "wildcard key too short: " + text);
    }
    String written = sets ? text.substring(value) : "";
    Template template =
        written.isEmpty() ? Template.literal("") : scope.compiler().template(directive, written);
    return new Field(name, wildcard, template);
  }

  private static boolean ends(char c) {
    return c == ':' || isSpace(c);
  }

  private static boolean isSpace(char c) {
    return SPACES.indexOf(c) >= 0;
  }

  private static RuntimeException problem(Directive directive, String problem) {
    return directive.error(directive.name() + ": " + problem);
  }
}
