package dev.banyan.gateway;

import dev.banyan.nginx.script.Variable;
import dev.banyan.nginx.script.Variables;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which variables {@code ngx.var} finds, and which it may set. */
final class ScriptVariables {
  /** Those that nginx knows in its configuration only: its table of names leaves them out. */
  private static final Set<String> UNHASHED =
      Set.of(
          "proxy_host",
          "proxy_port",
          "proxy_add_x_forwarded_for",
          "fastcgi_script_name",
          "fastcgi_path_info");

  private ScriptVariables() {}

  /** The variable of a name; null when a script can't see any. */
  static @Nullable Variable find(Variables all, String name) {
    boolean may = name.startsWith("proxy_") || name.startsWith("fastcgi_");
    return may && UNHASHED.contains(name) ? null : all.find(name);
  }

  /** Why a script may not set a variable, in ngx_lua's words; null when it may. */
  static @Nullable String refusal(String name, @Nullable Variable variable) {
    boolean changeable =
        switch (variable) {
          case null -> false;
          case Variable.Slot _, Variable.Computed _ -> true;
          case Variable.Standard standard -> standard.which().changeable();
          case Variable.Prefixed _ -> false;
        };
    if (changeable) {
      return null;
    }
    return variable == null || variable instanceof Variable.Prefixed
        ? "variable \""
            + name
            + "\" not found for writing; maybe it is a built-in variable that is not"
            + " changeable or you forgot to use \"set $"
            + name
            + " '';\" in the config file to define it first"
        : "variable \"" + name + "\" not changeable";
  }
}
