package dev.banyan.vectors;

import dev.banyan.gateway.seam.PortReplay.Difference;
import dev.banyan.lua.Coverage;
import dev.banyan.lua.replay.LuaReplay;
import dev.banyan.lua.replay.LuaReplay.Replayed;
import dev.banyan.lua.seam.RecordedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Immutable: what came of giving vectors to the Lua that they were recorded of, in their order. A
 * vector that Lua no longer answers as it was recorded tells nothing about a port.
 *
 * @param results one for each vector
 * @param coverage which code of the module all vectors together have run
 */
public record LuaRun(List<Result> results, Coverage coverage) {
  /** Copies the list. */
  public LuaRun {
    results = List.copyOf(results);
  }

  /**
   * What came of one vector.
   *
   * @param differences places where Lua now does otherwise, Lua of now as the second of both
   * @param failure why Lua could not run it
   */
  public record Result(Vector vector, List<Difference> differences, Optional<String> failure) {
    /** Copies the list. */
    public Result {
      differences = List.copyOf(differences);
    }

    /** Whether Lua does what was recorded. */
    public boolean isReproduced() {
      return differences.isEmpty() && failure.isEmpty();
    }
  }

  /**
   * Gives vectors to Lua, on all of its machines.
   *
   * @param progress hears how many are done, on any thread
   */
  public static LuaRun of(LuaReplay lua, List<Vector> vectors, IntConsumer progress) {
    List<RecordedCall> calls = vectors.stream().map(Vector::call).toList();
    List<Replayed> replayed = lua.replay(calls, progress);
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      results.add(result(vectors.get(i), replayed.get(i)));
    }
    return new LuaRun(results, lua.coverage());
  }

  private static Result result(Vector vector, Replayed replayed) {
    return switch (replayed) {
      case Replayed.Ran(RecordedCall now) ->
          new Result(vector, CallDifferences.of(vector.call(), now), Optional.empty());
      case Replayed.CouldNot(String reason) -> new Result(vector, List.of(), Optional.of(reason));
      case Replayed.Hung hung -> new Result(vector, List.of(), Optional.of(hung.reason()));
    };
  }

  /** Those that Lua no longer answers so. */
  public List<Result> stale() {
    return results.stream().filter(result -> !result.isReproduced()).toList();
  }

  /** A line such as {@code Lua: 40 vectors: 38 as recorded, 2 otherwise}. */
  public String summary() {
    int stale = stale().size();
    return "Lua: "
        + results.size()
        + " vectors: "
        + (results.size() - stale)
        + " as recorded"
        + (stale == 0 ? "" : ", " + stale + " otherwise");
  }
}
