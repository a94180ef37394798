package dev.banyan.nginx;

import dev.banyan.nginx.script.BuiltinVariable;
import dev.banyan.nginx.script.FileTest;
import dev.banyan.nginx.script.LuaHandler;
import dev.banyan.nginx.script.RewriteHost;
import dev.banyan.nginx.script.SetFunction;
import dev.banyan.nginx.script.Variable;
import dev.banyan.nginx.script.VariablePrefix;
import dev.banyan.nginx.script.Variables;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Owned by one test: a request in memory, with the variables that a request line gives. */
final class MemoryRequest implements RewriteHost {
  private final Variables variables;
  private final Exchange exchange;
  private final NormalizedUri sent;
  private final Map<String, @Nullable String> cells = new HashMap<>();
  private String uri;
  private String args;
  private boolean internal;
  private @Nullable String[] captures = new String[0];

  MemoryRequest(Variables variables, Exchange exchange, NormalizedUri sent) {
    this.variables = variables;
    this.exchange = exchange;
    this.sent = sent;
    this.uri = sent.path();
    this.args = sent.args();
  }

  /** The Host as a listener hands it on: without a port; null for none, or for a bad one. */
  @Nullable String host() {
    String host = exchange.host().replaceFirst(":\\d*$", "");
    return host.equals("-") || host.contains("..") ? null : host;
  }

  boolean isInternal() {
    return internal;
  }

  @Override
  public @Nullable String variable(Variable variable) {
    return switch (variable) {
      case Variable.Standard standard -> standard(standard.which());
      case Variable.Prefixed prefixed -> prefixed(prefixed);
      case Variable.Slot slot -> cells.get(slot.name());
      case Variable.Computed computed ->
          cells.containsKey(computed.name())
              ? cells.get(computed.name())
              : variables.computation(computed).compute(this);
    };
  }

  private String standard(BuiltinVariable variable) {
    return switch (variable) {
      case URI, DOCUMENT_URI -> uri;
      case ARGS, QUERY_STRING -> args;
      case IS_ARGS -> args.isEmpty() ? "" : "?";
      case REQUEST_URI -> exchange.target();
      case REQUEST_METHOD -> exchange.method();
      case HOST -> String.valueOf(host()).toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
      case REMOTE_ADDR -> "127.0.0.1";
      default -> throw new IllegalArgumentException("not in memory: $" + variable.text());
    };
  }

  private @Nullable String prefixed(Variable.Prefixed variable) {
    if (variable.prefix() != VariablePrefix.ARG) {
      throw new IllegalArgumentException("not in memory: $" + variable.name());
    }
    for (String pair : args.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).toLowerCase(Locale.ROOT).equals(variable.key())) {
        return pair.substring(equals + 1);
      }
    }
    return null;
  }

  @Override
  public void set(Variable variable, @Nullable String value) {
    if (variable instanceof Variable.Standard standard
        && standard.which() == BuiltinVariable.ARGS) {
      args = value == null ? "" : value;
    } else {
      cells.put(variable.name(), value);
    }
  }

  @Override
  public @Nullable String capture(int n) {
    return n < captures.length ? captures[n] : null;
  }

  @Override
  public void captures(@Nullable String[] groups) {
    captures = groups.clone();
  }

  @Override
  public String uri() {
    return uri;
  }

  @Override
  public String args() {
    return args;
  }

  @Override
  public void rewritten(String newUri, String newArgs) {
    uri = newUri;
    args = newArgs;
    internal = true;
  }

  @Override
  public void detached() {
    // there is no proxy_pass here that could replace a part of the URI
  }

  @Override
  public boolean escapedUri() {
    return sent.escaped();
  }

  @Override
  public void enterBranch(int branch) {
    // Only the program of the branch counts here.
  }

  @Override
  public boolean logsRewrites() {
    return false;
  }

  @Override
  public void logRewrite(String message) {
    throw new IllegalStateException("rewrites are not logged");
  }

  @Override
  public void answering(int status) {
    // no test asks for $status
  }

  @Override
  public boolean test(FileTest test, String path) {
    return false;
  }

  @Override
  public @Nullable String setByLua(LuaHandler handler, List<String> arguments) {
    throw new UnsupportedOperationException("no Lua in memory");
  }

  @Override
  public @Nullable String compute(SetFunction function, List<String> args) {
    throw new UnsupportedOperationException("nothing is computed in memory");
  }

  @Override
  public @Nullable String mapArray(String array, UnaryOperator<String> change) {
    throw new UnsupportedOperationException("no arrays in memory");
  }
}
