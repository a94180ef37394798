package dev.banyan.lua.seam;

import dev.banyan.api.Journal;
import dev.banyan.api.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: one call that Lua answered, whole: what it was given, what the world
 * told it, what it did.
 *
 * @param module the Lua module
 * @param function its function
 * @param phase where it was called
 * @param arguments plain values, as they were before the call
 * @param fields the module's fields that are no functions, before the call
 * @param methods by the places of tables that inherit functions: where those are written, by their
 *     names
 * @param before the request before the call
 * @param after the request after it
 * @param results what it returned
 * @param error the Lua error that it raised, or null
 * @param ending how it ended the handler, or null when it returned
 * @param printed what it sent as a body, or null
 * @param journal what it asked the world and did there
 * @param newCode whether it reached a line of the module, or a way on from a branch, for the first
 *     time
 * @param opaque places of values that can't be recorded, with what is there
 * @param changed arguments that the call has changed
 */
public record RecordedCall(
    String module,
    String function,
    Phase phase,
    List<@Nullable Object> arguments,
    Map<String, @Nullable Object> fields,
    Map<String, Map<String, String>> methods,
    RecordedState before,
    RecordedState after,
    List<@Nullable Object> results,
    @Nullable String error,
    @Nullable String ending,
    @Nullable String printed,
    Journal journal,
    boolean newCode,
    List<String> opaque,
    List<String> changed) {
  /** Copies the collections. */
  public RecordedCall {
    arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    Map<String, Map<String, String>> copied = new TreeMap<>();
    methods.forEach((place, names) -> copied.put(place, Map.copyOf(names)));
    methods = Collections.unmodifiableMap(copied);
    results = Collections.unmodifiableList(new ArrayList<>(results));
    opaque = List.copyOf(opaque);
    changed = List.copyOf(changed);
  }

  /** The same call with another input; what it did is as it was. */
  public RecordedCall withInput(List<@Nullable Object> given, RecordedState state) {
    return new RecordedCall(
        module, function, phase, given, fields, methods, state, after, results, error, ending,
        printed, journal, newCode, opaque, changed);
  }
}
