package dev.banyan.gateway;

import dev.banyan.nginx.script.Variable;
import dev.banyan.nginx.script.VariableScope;
import org.jspecify.annotations.Nullable;

/**
 * Where a server's regex name leaves its captures in a handshake: nowhere. A request has its own,
 * when its server is chosen by its Host.
 */
record NoVariables() implements VariableScope {
  @Override
  public @Nullable String variable(Variable variable) {
    return null;
  }

  @Override
  public void set(Variable variable, @Nullable String value) {
    // nothing reads it
  }

  @Override
  public @Nullable String capture(int n) {
    return null;
  }

  @Override
  public void captures(@Nullable String[] groups) {
    // nothing reads them
  }
}
