package dev.banyan.cli.wholes;

import dev.banyan.cli.wholes.BothPaths.Answer;
import dev.banyan.duel.run.Shrinker;
import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.SuiteWriter;
import dev.banyan.router.parity.CallJudge.Judgement;
import java.io.IOException;
import java.util.Optional;

/**
 * Owned by one thread: makes the request of a cluster smaller while the paths differ on it as the
 * cluster does.
 */
public final class RequestReproduction {
  private final EnclosedEdge edge;
  private final String cluster;

  /** Of this cluster. */
  public RequestReproduction(EnclosedEdge edge, String cluster) {
    this.edge = edge;
    this.cluster = cluster;
  }

  /** What came of it. */
  public sealed interface Result {
    /**
     * The smallest request that was found, seen to differ once more on an edge of its own.
     *
     * @param tries how often requests were asked
     * @param before the length of the request as it came, in characters
     * @param after the length of the smallest
     */
    record Shown(Case smallest, Judgement judgement, int tries, int before, int after)
        implements Result {}

    /** The paths don't differ on the request here as its cluster does. */
    record NotShown(String reason) implements Result {}
  }

  /**
   * Asks the request, and smaller ones.
   *
   * @throws IOException when there is no free port
   */
  public Result of(KeptRequest kept, Case one) throws IOException, InterruptedException {
    Shrinker shrinker;
    Case smallest;
    try (BothPaths paths = edge.start(kept)) {
      Optional<String> failure = failure(paths.ask(one));
      if (failure.isPresent()) {
        return new Result.NotShown(failure.get());
      }
      shrinker = new Shrinker(one, smaller -> failure(paths.ask(smaller)).isEmpty());
      smallest = shrinker.smallest();
    }
    for (Case shown : new Case[] {smallest, one}) {
      try (BothPaths paths = edge.start(kept)) {
        if (paths.ask(shown) instanceof Answer.Differ now && isCluster(now)) {
          return new Result.Shown(
              shown, now.judgement(), shrinker.asked(), length(one), length(shown));
        }
      }
    }
    return new Result.NotShown("it differs only after other requests, whose traces a side keeps");
  }

  private static int length(Case one) {
    return SuiteWriter.request(one.steps().getFirst().request()).length();
  }

  private boolean isCluster(Answer.Differ now) {
    return now.judgement().shape().id().equals(cluster);
  }

  /** Why an answer isn't the cluster's; empty when it is. */
  private Optional<String> failure(Answer answer) {
    return switch (answer) {
      case Answer.None(String reason) -> Optional.of(reason);
      case Answer.Agree _ -> Optional.of("the paths agree on it here");
      case Answer.Differ now when isCluster(now) -> Optional.empty();
      case Answer.Differ(Judgement judgement) ->
          Optional.of(
              "the paths differ here in another way (cluster "
                  + judgement.shape().id()
                  + "): "
                  + judgement.shape().text());
    };
  }
}
