package dev.banyan.vectors;

import dev.banyan.gateway.seam.PortReplay;
import dev.banyan.gateway.seam.PortReplay.Outcome;
import dev.banyan.host.BoundPort;
import java.util.ArrayList;
import java.util.List;

/**
 * Immutable: what came of giving vectors to a port, in the vectors' order.
 *
 * @param results one for each vector
 */
public record ReplayRun(List<Result> results) {
  /** Copies the list. */
  public ReplayRun {
    results = List.copyOf(results);
  }

  /** What came of one vector. */
  public record Result(Vector vector, Outcome outcome) {
    /** Whether the port failed to do what Lua did. */
    public boolean isFailure(Declines declines) {
      return switch (outcome) {
        case Outcome.Differs _, Outcome.Broke _ -> true;
        case Outcome.Declined _ -> declines == Declines.FAIL;
        case Outcome.Alike _, Outcome.Unported _ -> false;
      };
    }
  }

  /** What it means that a port leaves a call to Lua. */
  public enum Declines {
    /** It is not done. */
    FAIL,
    /** It may. */
    PASS
  }

  /** Gives vectors to a port, on as many threads as there are processors. */
  public static ReplayRun of(BoundPort port, List<Vector> vectors) {
    PortReplay replay = new PortReplay(port);
    return new ReplayRun(
        vectors.parallelStream()
            .map(vector -> new Result(vector, replay.replay(vector.call())))
            .toList());
  }

  /** Those that failed. */
  public List<Result> failures(Declines declines) {
    return results.stream().filter(result -> result.isFailure(declines)).toList();
  }

  /** How many came out so. */
  public long count(Class<? extends Outcome> kind) {
    return results.stream().filter(result -> kind.isInstance(result.outcome())).count();
  }

  /** A line such as {@code 42 vectors: 40 alike, 1 differ, 1 declined}. */
  public String summary() {
    List<String> parts = new ArrayList<>();
    parts.add(count(Outcome.Alike.class) + " alike");
    add(parts, count(Outcome.Differs.class), "differ");
    add(parts, count(Outcome.Broke.class), "broke");
    add(parts, count(Outcome.Declined.class), "left to Lua");
    add(parts, count(Outcome.Unported.class), "not the port's");
    return results.size() + " vectors: " + String.join(", ", parts);
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }
}
