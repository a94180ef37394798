package dev.banyan.lua.seam;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: what one call did, in plain values, so that two sides can be compared.
 *
 * @param results what the function returned
 * @param error the Lua error that it raised, or null
 * @param ending how it ended the handler ({@code ngx.exit} and its kin), or null when it returned
 * @param state the watched places after the call; a missing one is null
 * @param body what it sent as a body, or null
 */
public record Observed(
    List<@Nullable Object> results,
    @Nullable String error,
    @Nullable String ending,
    Map<String, @Nullable Object> state,
    @Nullable String body) {
  /**
   * Copies the values, tables and views as maps and lists; {@link Places} are taken over as they
   * are, and can't be changed any more.
   */
  public Observed {
    results = results.isEmpty() ? List.of() : Plain.list(results);
    state = state instanceof Places places ? places.frozen() : Plain.map(state);
  }

  /**
   * Whether nobody could tell the two apart, however they were compared. What only a comparison
   * leaf by leaf finds to be the same, as by a rule, is not.
   */
  public boolean isAs(@Nullable Observed other) {
    return other != null
        && Objects.equals(error, other.error)
        && Objects.equals(ending, other.ending)
        && Objects.equals(body, other.body)
        && results.equals(other.results)
        && hasSameState(other);
  }

  private boolean hasSameState(Observed other) {
    if (state instanceof Places mine && other.state instanceof Places theirs) {
      return mine.showsAs(theirs);
    }
    return state.equals(other.state);
  }
}
