package dev.banyan.nginx.script;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Every variable of one configuration. Immutable: handles stay valid as long as it is used. */
public final class Variables implements VariableLookup {
  /** Headers that nginx defines by name, so that {@code set} can't declare them. */
  private static final Set<String> FIXED =
      Set.of(
          "http_host",
          "http_user_agent",
          "http_referer",
          "http_via",
          "http_x_forwarded_for",
          "http_cookie",
          "sent_http_content_type",
          "sent_http_content_length",
          "sent_http_location",
          "sent_http_last_modified",
          "sent_http_connection",
          "sent_http_keep_alive",
          "sent_http_transfer_encoding",
          "sent_http_cache_control",
          "sent_http_link");

  /** Variables of a module that {@code set} may change, and whose absence is no mistake. */
  private static final Set<String> MODULES_OWN =
      Set.of("uid_reset", "memc_cmd", "memc_key", "memc_value", "memc_flags", "memc_exptime");

  /** Names that are kept: Lua may ask for any number of them. */
  private static final int MOST_FOUND = 1024;

  private final Map<String, Variable> declared;
  private final Map<Variable.Computed, Computation> computations;

  /** What was asked for while serving, by its name as written. */
  private final Map<String, Variable> found = new ConcurrentHashMap<>();

  private Variables(
      Map<String, Variable> declared, Map<Variable.Computed, Computation> computations) {
    this.declared = Map.copyOf(declared);
    this.computations = Map.copyOf(computations);
  }

  /** What nginx itself gives a variable until {@code set} gives it something else. */
  private record Overridable(Variable.Standard builtin) implements Computation {
    @Override
    public @Nullable String compute(VariableScope scope) {
      return scope.variable(builtin);
    }

    @Override
    public boolean cacheable() {
      return true;
    }
  }

  /** How many cells a request needs for slots and computed variables. */
  public int cells() {
    return declared.size();
  }

  /** The computed variable of a cell; null when the cell is a slot's. */
  public Variable.@Nullable Computed computed(int cell) {
    for (Variable.Computed variable : computations.keySet()) {
      if (variable.index() == cell) {
        return variable;
      }
    }
    return null;
  }

  /** How a computed variable comes about. */
  public Computation computation(Variable.Computed variable) {
    Computation computation = computations.get(variable);
    if (computation == null) {
      throw new IllegalArgumentException("not of this configuration: $" + variable.name());
    }
    return computation;
  }

  @Override
  public @Nullable Variable find(String name) {
    Variable known = found.get(name);
    if (known != null) {
      return known;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    Variable variable = declared.get(lower);
    Variable made = variable == null ? predefined(lower) : variable;
    if (made != null && found.size() < MOST_FOUND) {
      found.put(name, made);
    }
    return made;
  }

  private static @Nullable Variable predefined(String lower) {
    BuiltinVariable builtin = BuiltinVariable.find(lower);
    if (builtin != null) {
      return new Variable.Standard(builtin);
    }
    VariablePrefix prefix = VariablePrefix.of(lower);
    return prefix == null
        ? null
        : new Variable.Prefixed(prefix, lower.substring(prefix.text().length()));
  }

  /** Owned by the thread that loads a configuration: collects the declarations, then the maps. */
  public static final class Builder implements VariableLookup {
    private final Map<String, Variable> declared = new LinkedHashMap<>();
    private final Map<Variable.Computed, Computation> computations = new HashMap<>();

    /** As {@link #slot}, and empty rather than absent for as long as nothing is set. */
    public boolean blankSlot(String name) {
      if (!slot(name)) {
        return false;
      }
      if (MODULES_OWN.contains(name.toLowerCase(Locale.ROOT))) {
        return true;
      }
      declared.computeIfPresent(
          name.toLowerCase(Locale.ROOT),
          (key, known) ->
              known instanceof Variable.Slot slot
                  ? new Variable.Slot(key, slot.index(), true)
                  : known);
      return true;
    }

    /** Declares a cell; false when nginx has a variable of this name that can't be changed. */
    public boolean slot(String name) {
      String key = name.toLowerCase(Locale.ROOT);
      BuiltinVariable builtin = BuiltinVariable.find(key);
      if (builtin != null && builtin.overridable()) {
        override(key, new Variable.Standard(builtin));
        return true;
      }
      if (builtin != null || FIXED.contains(key)) {
        return builtin != null && builtin.changeable();
      }
      declared.computeIfAbsent(key, n -> new Variable.Slot(n, declared.size(), false));
      return true;
    }

    private void override(String key, Variable.Standard builtin) {
      if (!declared.containsKey(key)) {
        Variable.Computed variable = new Variable.Computed(key, declared.size());
        declared.put(key, variable);
        computations.put(variable, new Overridable(builtin));
      }
    }

    /** Declares a computed variable, also over a cell; false when nginx's own has the name. */
    public boolean computed(String name) {
      String key = name.toLowerCase(Locale.ROOT);
      if (BuiltinVariable.find(key) != null || FIXED.contains(key)) {
        return false;
      }
      Variable earlier = declared.get(key);
      int index = earlier instanceof Variable.Slot slot ? slot.index() : declared.size();
      if (!(earlier instanceof Variable.Computed)) {
        declared.put(key, new Variable.Computed(key, index));
      }
      return true;
    }

    /** Gives a declared computed variable its computation. */
    public void define(String name, Computation computation) {
      if (find(name) instanceof Variable.Computed variable) {
        computations.put(variable, computation);
      }
    }

    @Override
    public @Nullable Variable find(String name) {
      String lower = name.toLowerCase(Locale.ROOT);
      Variable variable = declared.get(lower);
      return variable == null ? predefined(lower) : variable;
    }

    /** The finished table. */
    public Variables build() {
      return new Variables(declared, computations);
    }
  }
}
