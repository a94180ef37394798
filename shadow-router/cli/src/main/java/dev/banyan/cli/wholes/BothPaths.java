package dev.banyan.cli.wholes;

import dev.banyan.duel.compare.Seen;
import dev.banyan.duel.origin.RecordingOrigin;
import dev.banyan.duel.run.Solo;
import dev.banyan.duel.suite.Case;
import dev.banyan.gateway.Enclosure;
import dev.banyan.gateway.Gateway;
import dev.banyan.gateway.path.PathFinding;
import dev.banyan.router.parity.CallJudge;
import dev.banyan.router.parity.CallJudge.Judgement;
import dev.banyan.server.routing.PathObserver;

/**
 * Owned by one thread: asks an enclosed edge of this process, whose old path answers, and has the
 * new one run dry on the same request.
 */
public final class BothPaths implements AutoCloseable {
  private final Gateway gateway;
  private final Enclosure enclosure;
  private final RecordingOrigin origin;
  private final Solo client;
  private final Followed followed;
  private final KeptWorld world;
  private final CallJudge judge;

  BothPaths(
      Gateway gateway,
      Enclosure enclosure,
      RecordingOrigin origin,
      Solo client,
      Followed followed,
      KeptWorld world,
      CallJudge judge) {
    this.gateway = gateway;
    this.enclosure = enclosure;
    this.origin = origin;
    this.client = client;
    this.followed = followed;
    this.world = world;
    this.judge = judge;
  }

  /** What came of a request. */
  public sealed interface Answer {
    /** The paths differ, and no rule hides it. */
    record Differ(Judgement judgement) implements Answer {}

    /** They don't. */
    record Agree() implements Answer {}

    /** There is nothing to compare. */
    record None(String reason) implements Answer {}
  }

  /** Asks it. */
  public Answer ask(Case one) throws InterruptedException {
    world.fill(gateway.dicts());
    enclosure.next(world.ends());
    followed.clear();
    Seen seen = client.ask(one);
    Followed.Ended ended = followed.next();
    if (ended == null) {
      return new Answer.None(
          "the request doesn't come so far as to Lua: "
              + seen.answers().getFirst().ending().words()
              + ", status "
              + seen.answers().getFirst().status());
    }
    return switch (ended) {
      case Followed.Ended.Unmeasured(String reason) -> new Answer.None(reason);
      case Followed.Ended.Sampled(var sample) -> judged(sample.dryRun().get());
    };
  }

  private Answer judged(PathFinding finding) {
    return switch (finding) {
      case PathFinding.NotMeasured(String reason) -> new Answer.None(reason);
      case PathFinding.Compared compared -> {
        Judgement judgement =
            judge.judge(
                PathObserver.REQUEST, PathObserver.old(compared), PathObserver.dry(compared));
        yield judgement == null ? new Answer.Agree() : new Answer.Differ(judgement);
      }
    };
  }

  @Override
  public void close() {
    client.close();
    gateway.close();
    origin.close();
  }
}
