package dev.banyan.nginx.script;

/** A variable that a configuration names, resolved once; equal handles are the same variable. */
public sealed interface Variable {
  /** The name without the dollar sign. */
  String name();

  /** A variable that nginx defines. */
  record Standard(BuiltinVariable which) implements Variable {
    @Override
    public String name() {
      return which.text();
    }
  }

  /**
   * One of a family, such as {@code $http_user_agent}.
   *
   * @param key the part after the prefix, in lower case: headers, arguments and cookies are all
   *     found whatever their case
   */
  record Prefixed(VariablePrefix prefix, String key) implements Variable {
    @Override
    public String name() {
      return prefix.text() + key;
    }
  }

  /**
   * A variable that {@code set} or a regex's named group declares: per request one cell.
   *
   * @param blank whether it is the empty text, rather than absent, before it is set: {@code set}
   *     makes it so
   */
  record Slot(String name, int index, boolean blank) implements Variable {}

  /**
   * A variable of {@code map}, {@code geo} or {@code split_clients}; its {@link Computation} is
   * kept by {@link Variables}. The index is of the same numbering as a slot's: the cell holds the
   * cached or overridden value.
   */
  record Computed(String name, int index) implements Variable {}
}
