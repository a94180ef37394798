package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.script.Variable;
import dev.banyan.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that loads a configuration: reads {@link AccessSettings}. */
final class AccessReader {
  private final Scope scope;

  AccessReader(Scope scope) {
    this.scope = scope;
  }

  AccessSettings read() {
    Directive request = scope.one("auth_request");
    String target = request == null || request.arg(0).equals("off") ? null : request.arg(0);
    return new AccessSettings(
        rules(scope.nearest("allow", "deny")), realm(), userFile(), target, variables());
  }

  private List<AccessSettings.Rule> rules(List<Directive> directives) {
    List<AccessSettings.Rule> rules = new ArrayList<>();
    for (Directive directive : directives) {
      boolean allow = directive.name().equals("allow");
      String what = directive.arg(0);
      Cidr network = Cidr.parse(what);
      if (network == null && !what.equals("all") && !what.equals("unix:")) {
        scope.problem(directive, "invalid parameter \"" + what + "\"");
      }
      rules.add(new AccessSettings.Rule(allow, network, what.equals("unix:")));
    }
    return rules;
  }

  private @Nullable Template realm() {
    Directive directive = scope.one("auth_basic");
    return directive == null || directive.arg(0).equals("off")
        ? null
        : scope.compiler().template(directive, directive.arg(0));
  }

  private @Nullable Template userFile() {
    Directive directive = scope.one("auth_basic_user_file");
    return directive == null ? null : scope.compiler().confPath(directive, directive.arg(0));
  }

  private List<AccessSettings.AuthVariable> variables() {
    List<AccessSettings.AuthVariable> variables = new ArrayList<>();
    for (Directive directive : scope.nearest("auth_request_set")) {
      Variable variable =
          directive.arg(0).startsWith("$")
              ? scope.compiler().variables().find(directive.arg(0).substring(1))
              : null;
      if (variable == null) {
        scope.problem(directive, "invalid variable name \"" + directive.arg(0) + "\"");
      } else {
        Template value = scope.compiler().template(directive, directive.arg(1));
        variables.add(new AccessSettings.AuthVariable(variable, value));
      }
    }
    return variables;
  }
}
