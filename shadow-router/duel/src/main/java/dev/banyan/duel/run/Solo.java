package dev.banyan.duel.run;

import dev.banyan.duel.compare.Rules;
import dev.banyan.duel.compare.Seen;
import dev.banyan.duel.origin.RecordingOrigin;
import dev.banyan.duel.suite.Case;
import dev.banyan.duel.wire.ClientOptions;
import dev.banyan.duel.wire.Target;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Owned by one thread, which waits for the answers: asks one server one case after the other. */
public final class Solo implements AutoCloseable {
  private final Arena arena;

  /**
   * Asks this server.
   *
   * @param origin behind it, with the marks of {@link DuelOptions#MARK}; answers what cases say
   */
  public Solo(Target target, ClientOptions client, RecordingOrigin origin) {
    Rules rules = Rules.ignoring(List.of(), false);
    this.arena =
        new Arena(
            List.of(target), new DuelOptions(1, 0, rules, client, DuelOptions.MARK, 0, 0), origin);
  }

  /** What came of a case. */
  public Seen ask(Case one) throws InterruptedException {
    return Waiting.of(
            CompletableFuture.supplyAsync(() -> arena.play(one), arena.loop())
                .thenCompose(played -> played))
        .seen()
        .getFirst();
  }

  @Override
  public void close() {
    arena.close();
  }
}
