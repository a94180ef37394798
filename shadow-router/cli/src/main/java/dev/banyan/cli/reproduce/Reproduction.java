package dev.banyan.cli.reproduce;

import dev.banyan.cli.reproduce.BothSides.Answer;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.router.parity.CallJudge.Judgement;
import dev.banyan.vectors.ReplayRun;
import dev.banyan.vectors.Vector;
import dev.banyan.vectors.shrink.Input;
import dev.banyan.vectors.shrink.Shrinker;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Owned by one thread: makes the call of a cluster smaller while it differs as the cluster does.
 */
public final class Reproduction {
  /** How often a call is given to both sides at most. */
  static final int MOST_TRIES = 4_000;

  private final Supplier<BothSides> fresh;
  private final String cluster;
  private int tries;

  /**
   * Of this cluster.
   *
   * @param fresh makes a Lua machine and a port that have seen no call yet
   */
  public Reproduction(Supplier<BothSides> fresh, String cluster) {
    this.fresh = fresh;
    this.cluster = cluster;
  }

  /** What came of it. */
  public sealed interface Result {
    /**
     * The smallest call that was found, seen to differ once more on both sides anew.
     *
     * @param tries how often calls were given to both sides
     * @param before the length of the input as it came, as a vector has it, in characters
     * @param after the length of the smallest
     */
    record Shown(ReplayRun.Result smallest, Judgement judgement, int tries, int before, int after)
        implements Result {}

    /** The call doesn't differ here as its cluster does. */
    record NotShown(String reason) implements Result {}
  }

  /** Runs the call, and smaller ones. */
  public Result of(RecordedCall call) {
    BothSides sides = fresh.get();
    Input input = Input.of(call);
    Optional<String> failure = failure(sides.run(call));
    if (failure.isPresent()) {
      return new Result.NotShown(failure.get());
    }
    if (failure(run(sides, input)).isPresent()) {
      return new Result.NotShown("it differs only with variables that contradict its own head");
    }
    Input smallest = new Shrinker(one -> differs(sides, one), MOST_TRIES).smallest(input);
    int after = length(smallest);
    int before = length(input);
    return switch (run(fresh.get(), smallest)) {
      case Answer.Differ now when isCluster(now) -> shown(now, before, after);
      case Answer.Differ _, Answer.Agree _, Answer.Declined _, Answer.Broke _, Answer.None _ ->
          asItCame(call, before);
    };
  }

  /**
   * A smaller call that differs only after others shows what the module keeps between calls; the
   * call as it came is told instead.
   */
  private Result asItCame(RecordedCall call, int before) {
    return switch (fresh.get().run(call)) {
      case Answer.Differ now when isCluster(now) -> shown(now, before, before);
      case Answer.Differ _, Answer.Agree _, Answer.Declined _, Answer.Broke _, Answer.None _ ->
          new Result.NotShown("it differs only after other calls, whose traces a side keeps");
    };
  }

  private Result shown(Answer.Differ now, int before, int after) {
    Vector vector = new Vector("reproduced-" + cluster, now.call());
    return new Result.Shown(
        new ReplayRun.Result(vector, now.outcome()), now.judgement(), tries, before, after);
  }

  private boolean differs(BothSides sides, Input input) {
    tries++;
    return run(sides, input) instanceof Answer.Differ now && isCluster(now);
  }

  private static int length(Input input) {
    return Stream.of("arguments", "request", "world")
        .mapToInt(part -> input.tree().path(part).toString().length())
        .sum();
  }

  private static Answer run(BothSides sides, Input input) {
    RecordedCall call = input.call();
    return call == null ? new Answer.None("it is no call") : sides.run(call);
  }

  /** What a vector can't hold must not become one. */
  private boolean isCluster(Answer.Differ now) {
    return now.judgement().shape().id().equals(cluster)
        && now.call().opaque().isEmpty()
        && now.call().changed().isEmpty();
  }

  /** Why an answer isn't the cluster's; empty when it is. */
  private Optional<String> failure(Answer answer) {
    return switch (answer) {
      case Answer.None(String reason) -> Optional.of(reason);
      case Answer.Declined(var _, String reason) ->
          Optional.of("the port leaves it to Lua here: " + reason);
      case Answer.Broke(var _, String reason, var _) ->
          Optional.of("the port fails here: " + reason);
      case Answer.Agree _ -> Optional.of("Lua and the port agree on it here");
      case Answer.Differ now when isCluster(now) -> Optional.empty();
      case Answer.Differ now when !now.call().changed().isEmpty() ->
          Optional.of(
              now.call().changed().getFirst()
                  + " is changed by the call, which a vector can't tell");
      case Answer.Differ now when !now.call().opaque().isEmpty() ->
          Optional.of(now.call().opaque().getFirst() + ", which can't be recorded");
      case Answer.Differ now ->
          Optional.of(
              "it differs here in another way (cluster "
                  + now.judgement().shape().id()
                  + "): "
                  + now.judgement().shape().text());
    };
  }
}
