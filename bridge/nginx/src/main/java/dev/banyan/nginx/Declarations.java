package dev.banyan.nginx;

import dev.banyan.nginx.script.ConfRegex;
import dev.banyan.nginx.script.SetFunction;
import dev.banyan.nginx.script.Variables;
import dev.banyan.nginx.syntax.Directive;
import java.util.List;
import java.util.function.Predicate;

/**
 * Owned by the thread that loads a configuration: finds what declares a variable, anywhere in the
 * tree, so that a text may name variables that come later in the file.
 */
final class Declarations {
  private final Variables.Builder variables;
  private final Problems problems;

  Declarations(Variables.Builder variables, Problems problems) {
    this.variables = variables;
    this.problems = problems;
  }

  void collect(List<Directive> directives) {
    for (Directive directive : directives) {
      collect(directive);
    }
  }

  private void collect(Directive directive) {
    List<String> args = directive.args();
    switch (directive.name()) {
      case "set", "set_by_lua", "set_by_lua_block", "set_by_lua_file" ->
          slot(directive, args.isEmpty() ? "" : args.getFirst(), variables::blankSlot);
      case "memc_pass" -> MemcReader.VARIABLES.forEach(variables::slot);
      case "userid" -> variables.slot("uid_reset");
      case "auth_request_set" ->
          slot(directive, args.isEmpty() ? "" : args.getFirst(), variables::slot);
      case "map", "split_clients" -> {
        computed(directive, args.size() == 2 ? args.get(1) : "");
        directive.children().forEach(entry -> named(entry.name()));
      }
      case "geo" -> {
        boolean named = args.size() < 2 || args.getFirst().startsWith("$");
        computed(directive, args.isEmpty() ? "" : named ? args.getLast() : args.getFirst());
      }
      case "server_name",
          "proxy_redirect",
          "proxy_cookie_domain",
          "proxy_cookie_path",
          "proxy_cookie_flags" ->
          args.forEach(this::named);
      case "location", "if", "rewrite" -> {
        args.forEach(this::groups);
        collect(directive.children());
      }
      default -> {
        SetFunction function = SetFunction.find(directive.name());
        if (function != null) {
          slot(directive, function.target(args), variables::blankSlot);
        }
        if (function == SetFunction.ARRAY_MAP) {
          variables.slot(SetFunction.ARRAY_ITEM);
        }
        collect(directive.children());
      }
    }
  }

  private void slot(Directive directive, String name, Predicate<String> declare) {
    if (name.length() < 2 || !name.startsWith("$")) {
      problems.add(directive, "invalid variable name \"" + name + "\"");
    } else if (!declare.test(name.substring(1))) {
      problems.add(directive, "the duplicate \"" + name.substring(1) + "\" variable");
    }
  }

  private void computed(Directive directive, String name) {
    if (name.length() < 2 || !name.startsWith("$")) {
      problems.add(directive, "invalid variable name \"" + name + "\"");
    } else if (!variables.computed(name.substring(1))) {
      problems.add(directive, "the duplicate \"" + name.substring(1) + "\" variable");
    }
  }

  private void named(String word) {
    if (word.startsWith("~")) {
      groups(word.substring(word.startsWith("~*") ? 2 : 1));
    }
  }

  private void groups(String word) {
    String pattern = word.endsWith(")") && !word.contains("(") ? "" : word;
    for (String name : names(pattern)) {
      variables.slot(name);
    }
  }

  /** The last word of an {@code if} carries its closing parenthesis. */
  private static List<String> names(String pattern) {
    List<String> names = ConfRegex.declaredNames(pattern);
    return names.isEmpty() && pattern.endsWith(")")
        ? ConfRegex.declaredNames(pattern.substring(0, pattern.length() - 1))
        : names;
  }
}
