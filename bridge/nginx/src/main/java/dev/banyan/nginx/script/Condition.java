package dev.banyan.nginx.script;

/** What stands in the parentheses of an {@code if}. */
public sealed interface Condition {
  /**
   * Whether it holds; a regex leaves its captures, or clears them when it does not match.
   *
   * @param quoted whether captures of an escaped URI are escaped in what is compared
   */
  boolean holds(RewriteHost host, boolean quoted);

  /** A variable alone: true unless it is empty or {@code 0}. */
  record Truthy(Variable variable) implements Condition {
    @Override
    public boolean holds(RewriteHost host, boolean quoted) {
      String value = host.variable(variable);
      return value != null && !value.isEmpty() && !value.equals("0");
    }
  }

  /** {@code =} and {@code !=}. */
  record Equals(Variable variable, Template other, boolean negated) implements Condition {
    @Override
    public boolean holds(RewriteHost host, boolean quoted) {
      String value = host.variable(variable);
      return (value == null ? "" : value).equals(RewriteEscapes.value(other, host, quoted))
          != negated;
    }
  }

  /** {@code ~}, {@code ~*}, {@code !~} and {@code !~*}. */
  record Matches(Variable variable, ConfRegex regex, boolean negated) implements Condition {
    @Override
    public boolean holds(RewriteHost host, boolean quoted) {
      String value = host.variable(variable);
      return regex.matchLogged(value == null ? "" : value, host) != negated;
    }
  }

  /** {@code -f}, {@code -d}, {@code -e}, {@code -x} and their negations. */
  record File(FileTest test, Template path, boolean negated) implements Condition {
    @Override
    public boolean holds(RewriteHost host, boolean quoted) {
      return host.test(test, RewriteEscapes.value(path, host, quoted)) != negated;
    }
  }
}
