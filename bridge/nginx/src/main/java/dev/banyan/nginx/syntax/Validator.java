package dev.banyan.nginx.syntax;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread that loads a configuration: checks a syntax tree against the table: names,
 * places, numbers of arguments, repetitions.
 */
public final class Validator {
  private final DirectiveTable table;
  private final Consumer<ConfException> problems;
  private final NoticeSink notices;

  /** Takes the directives that are accepted without effect. */
  @FunctionalInterface
  public interface NoticeSink {
    void notice(Directive directive, DirectiveSpec spec);
  }

  public Validator(DirectiveTable table, Consumer<ConfException> problems, NoticeSink notices) {
    this.table = table;
    this.problems = problems;
    this.notices = notices;
  }

  /** Checks the directives of a main context. */
  public void check(List<Directive> directives) {
    block(directives, Context.MAIN);
  }

  private void block(List<Directive> directives, Context context) {
    Map<String, Directive> seen = new HashMap<>();
    for (Directive directive : directives) {
      DirectiveSpec spec = spec(directive, context);
      if (spec != null && known(directive, spec)) {
        if (!spec.repeatable() && seen.put(slot(directive.name()), directive) != null) {
          problems.accept(directive.error("\"" + directive.name() + "\" directive is duplicate"));
        }
        checkRootAndAlias(directive, seen);
        children(directive, context);
      }
    }
  }

  /** Spellings of one Lua handler exclude each other, and so do an old and a new name. */
  private static String slot(String name) {
    if (name.equals("set_misc_base32_padding")) {
      return "set_base32_padding";
    }
    return name.contains("_by_lua") ? name.replaceFirst("_(block|file)$", "") : name;
  }

  private void checkRootAndAlias(Directive directive, Map<String, Directive> seen) {
    String other =
        switch (directive.name()) {
          case "root" -> "alias";
          case "alias" -> "root";
          default -> "";
        };
    if (seen.containsKey(other)) {
      problems.accept(
          directive.error(
              "\"%s\" directive is duplicate, \"%s\" directive was specified earlier"
                  .formatted(directive.name(), other)));
    }
  }

  private @Nullable DirectiveSpec spec(Directive directive, Context context) {
    List<DirectiveSpec> specs = table.find(directive.name());
    if (specs.isEmpty()) {
      problems.accept(directive.error("unknown directive \"" + directive.name() + "\""));
      return null;
    }
    for (DirectiveSpec spec : specs) {
      if (spec.contexts().contains(context)) {
        return spec;
      }
    }
    problems.accept(directive.error("\"" + directive.name() + "\" directive is not allowed here"));
    return null;
  }

  private boolean known(Directive directive, DirectiveSpec spec) {
    if (spec.status() == DirectiveSpec.Status.UNSUPPORTED) {
      String hint = spec.note().isEmpty() ? "" : " (" + spec.note() + ")";
      problems.accept(
          directive.error("directive \"" + directive.name() + "\" is not supported" + hint));
      return false;
    }
    boolean wantsBlock = spec.form() == DirectiveSpec.Form.BLOCK;
    if (wantsBlock && directive.block() == null) {
      problems.accept(
          directive.error("directive \"" + directive.name() + "\" has no opening \"{\""));
      return false;
    }
    if (!wantsBlock && directive.block() != null) {
      problems.accept(
          directive.error("directive \"" + directive.name() + "\" is not terminated by \";\""));
      return false;
    }
    int count = directive.args().size();
    if (count < spec.minArgs() || count > spec.maxArgs()) {
      problems.accept(
          directive.error("invalid number of arguments in \"" + directive.name() + "\" directive"));
      return false;
    }
    return flagIsValid(directive, spec)
        && valuesAreValid(directive, spec)
        && noticed(directive, spec);
  }

  private boolean flagIsValid(Directive directive, DirectiveSpec spec) {
    String value = directive.args().isEmpty() ? "" : directive.arg(0).toLowerCase(Locale.ROOT);
    boolean valid = !spec.flag() || value.equals("on") || value.equals("off");
    if (!valid) {
      problems.accept(
          directive.error(
              "invalid value \"%s\" in \"%s\" directive, it must be \"on\" or \"off\""
                  .formatted(directive.arg(0), directive.name())));
    }
    return valid;
  }

  private boolean valuesAreValid(Directive directive, DirectiveSpec spec) {
    ConfException problem = spec.values().problem(directive);
    if (problem != null) {
      problems.accept(problem);
    }
    return problem == null;
  }

  private boolean noticed(Directive directive, DirectiveSpec spec) {
    if (spec.status() == DirectiveSpec.Status.NOTICE) {
      notices.notice(directive, spec);
    }
    return true;
  }

  private void children(Directive directive, Context context) {
    Context inner =
        switch (directive.name()) {
          case "http" -> Context.HTTP;
          case "events" -> Context.EVENTS;
          case "server" -> context == Context.HTTP ? Context.SERVER : null;
          case "location" -> Context.LOCATION;
          case "upstream" -> Context.UPSTREAM;
          case "limit_except" -> Context.LIMIT_EXCEPT;
          case "if" -> context == Context.SERVER ? Context.IF_IN_SERVER : Context.IF_IN_LOCATION;
          default -> null;
        };
    if (inner != null) {
      block(directive.children(), inner);
    }
  }
}
