package dev.banyan.gateway;

import dev.banyan.lua.ngx.VariableBasis;
import dev.banyan.nginx.script.BuiltinVariable;
import dev.banyan.nginx.script.Variable;
import dev.banyan.nginx.script.VariablePrefix;
import dev.banyan.nginx.script.Variables;

/** What the values of nginx's variables follow from, where that is worth knowing. */
final class VariableBases {
  private VariableBases() {}

  static VariableBasis of(Variables all, Variable variable) {
    return switch (variable) {
      case Variable.Slot _ -> VariableBasis.SETTINGS;
      case Variable.Computed computed -> of(all.computation(computed).cacheable());
      case Variable.Standard standard -> of(standard.which() == BuiltinVariable.REMOTE_ADDR);
      case Variable.Prefixed prefixed -> of(prefixed.prefix());
    };
  }

  private static VariableBasis of(boolean settings) {
    return settings ? VariableBasis.SETTINGS : VariableBasis.ANYTHING;
  }

  private static VariableBasis of(VariablePrefix prefix) {
    return prefix == VariablePrefix.HTTP || prefix == VariablePrefix.COOKIE
        ? VariableBasis.REQUEST_HEADERS
        : VariableBasis.ANYTHING;
  }
}
