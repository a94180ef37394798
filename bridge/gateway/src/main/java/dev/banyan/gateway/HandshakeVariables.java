package dev.banyan.gateway;

import dev.banyan.nginx.script.BuiltinVariable;
import dev.banyan.nginx.script.Variable;
import dev.banyan.nginx.script.VariableScope;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake knows: the server name that the client asks for. A server's regex name leaves
 * its captures nowhere here; a request has its own, when its server is chosen by its Host.
 */
record HandshakeVariables(@Nullable String serverName) implements VariableScope {
  private static final Variable SERVER_NAME =
      new Variable.Standard(BuiltinVariable.SSL_SERVER_NAME);

  @Override
  public @Nullable String variable(Variable variable) {
    return variable.equals(SERVER_NAME) ? serverName : null;
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
