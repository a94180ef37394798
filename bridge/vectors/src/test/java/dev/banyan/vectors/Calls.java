package dev.banyan.vectors;

import dev.banyan.api.Journal;
import dev.banyan.api.Phase;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.lua.seam.RecordedState;
import dev.banyan.lua.seam.RecordedState.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls as they are recorded, for tests. */
public final class Calls {
  private Calls() {}

  static RecordedState state(String mark, Map<String, @Nullable Object> ctx, String... header) {
    return new RecordedState(
        "GET",
        "/a?b=1",
        "/a",
        "b=1",
        header.length == 0 ? List.of() : List.of(new Field(header[0], header[1])),
        Map.of("mark", mark),
        ctx,
        0,
        List.of(),
        "b\u00e9dy",
        null,
        false,
        null,
        0);
  }

  /** What Lua does: it marks the request with the tenant's name and the time. */
  public static RecordedCall access(Journal journal, String mark) {
    Map<String, @Nullable Object> ctx = Map.of("tenant", Map.of("id", "t"));
    return call(
        "access", List.of(), state("", ctx), state(mark, ctx, "X-Mark", mark), journal, List.of());
  }

  /** A plain function that was called with these. */
  public static RecordedCall add(List<@Nullable Object> arguments, List<@Nullable Object> results) {
    RecordedState state = state("", Map.of());
    return call("add", arguments, state, state, new Journal(0), results);
  }

  private static RecordedCall call(
      String function,
      List<@Nullable Object> arguments,
      RecordedState before,
      RecordedState after,
      Journal journal,
      List<@Nullable Object> results) {
    return new RecordedCall(
        "m",
        function,
        Phase.ACCESS,
        arguments,
        Map.of(),
        Map.of(),
        before,
        after,
        results,
        null,
        null,
        null,
        journal,
        false,
        List.of(),
        List.of());
  }
}
