package dev.banyan.lua.seam;

import java.util.List;
import java.util.Map;
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
  /** Copies the values; tables and views are held as maps and lists. */
  public Observed {
    results = Plain.list(results);
    state = Plain.map(state);
  }
}
