package dev.banyan.gateway;

import dev.banyan.nginx.script.BuiltinVariable;
import dev.banyan.nginx.script.Variable;
import dev.banyan.nginx.script.VariablePrefix;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one request, where the configuration changes its fields: the variables of fields that
 * its texts have read, which nginx reads once.
 */
final class ReadVariables {
  private final Map<Variable, Optional<String>> values = new HashMap<>();

  /** The value at the first reading of a field, or of what follows from one; else the present. */
  @Nullable String get(Request r, Variable variable) {
    if (!isOfField(variable)) {
      return VariableValues.get(r, variable);
    }
    return values
        .computeIfAbsent(variable, v -> Optional.ofNullable(VariableValues.get(r, v)))
        .orElse(null);
  }

  /** The same for a reader who leaves no trace. */
  @Nullable String peek(Request r, Variable variable) {
    Optional<String> known = values.get(variable);
    return known == null ? VariableValues.get(r, variable) : known.orElse(null);
  }

  private static boolean isOfField(Variable variable) {
    return switch (variable) {
      case Variable.Prefixed prefixed ->
          prefixed.prefix() == VariablePrefix.HTTP
              || prefixed.prefix() == VariablePrefix.COOKIE
              || prefixed.prefix() == VariablePrefix.SENT_HTTP;
      case Variable.Standard standard ->
          standard.which() == BuiltinVariable.HOST
              || standard.which() == BuiltinVariable.CONTENT_TYPE
              || standard.which() == BuiltinVariable.CONTENT_LENGTH;
      case Variable.Slot _, Variable.Computed _ -> false;
    };
  }
}
