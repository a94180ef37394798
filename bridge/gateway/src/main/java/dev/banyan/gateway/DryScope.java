package dev.banyan.gateway;

import dev.banyan.nginx.script.Computation;
import dev.banyan.nginx.script.Variable;
import dev.banyan.nginx.script.VariableScope;
import dev.banyan.nginx.script.Variables;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Owned by one dry run: the variables of its request, as ports and templates read them. */
final class DryScope implements VariableScope {
  private static final @Nullable String[] NO_CAPTURES = new @Nullable String[0];

  private final DryRequest dry;
  private final Variables variables;
  private final Cells cells;
  private @Nullable String[] captures = NO_CAPTURES;

  /** Begins with these values of the variables that the configuration declares. */
  DryScope(DryRequest dry, Variables variables, Cells cells) {
    this.dry = dry;
    this.variables = variables;
    this.cells = cells;
  }

  /** The variable of a name, as a script finds it. */
  @Nullable Variable find(String name) {
    return ScriptVariables.find(variables, name);
  }

  /**
   * The cells that changed between two moments become what they became.
   *
   * @param alike whether the dry request was as the live one then; if not, what the server has
   *     computed meanwhile may come to something else here
   */
  void follow(Cells from, Cells to, boolean alike) {
    for (int i = 0; i < cells.size(); i++) {
      Variable.Computed computed =
          alike || from.same(i, to) || from.known(i) ? null : variables.computed(i);
      if (computed != null) {
        variable(computed);
      } else if (!from.same(i, to)) {
        cells.take(i, to);
      }
    }
  }

  /** Whether its cells are as the live one's; what is not computed yet is computed for that. */
  boolean same(Cells live) {
    for (int i = 0; i < cells.size(); i++) {
      Variable.Computed computed = !cells.known(i) && live.known(i) ? variables.computed(i) : null;
      if (computed != null) {
        variable(computed);
      }
      if (!cells.same(i, live)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public @Nullable String variable(Variable variable) {
    return switch (variable) {
      case Variable.Slot slot ->
          slot.blank() && !cells.known(slot.index()) ? "" : cells.get(slot.index());
      case Variable.Computed computed -> computed(computed);
      case Variable.Standard standard -> DryVariables.standard(dry, standard.which());
      case Variable.Prefixed prefixed -> DryVariables.prefixed(dry, prefixed);
    };
  }

  private @Nullable String computed(Variable.Computed variable) {
    if (cells.known(variable.index())) {
      return cells.get(variable.index());
    }
    Computation computation = variables.computation(variable);
    String value = computation.compute(this);
    if (computation.cacheable()) {
      cells.set(variable.index(), value);
    }
    return value;
  }

  @Override
  public void set(Variable variable, @Nullable String value) {
    switch (variable) {
      case Variable.Slot slot -> cells.set(slot.index(), value);
      case Variable.Computed computed -> cells.set(computed.index(), value);
      case Variable.Standard standard -> {
        if (!standard.name().equals("args")) {
          throw new Unmeasured("$" + standard.name() + " is set");
        }
        dry.args(value == null ? "" : value);
      }
      case Variable.Prefixed prefixed ->
          throw new IllegalStateException("$" + prefixed.name() + " is not changeable");
    }
  }

  @Override
  public @Nullable String capture(int n) {
    if (n >= captures.length) {
      throw new Unmeasured("captures of a regex are read");
    }
    return captures[n];
  }

  @Override
  public void captures(@Nullable String[] groups) {
    captures = Arrays.copyOf(groups, groups.length);
  }
}
