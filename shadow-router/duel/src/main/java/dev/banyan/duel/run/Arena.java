package dev.banyan.duel.run;

import dev.banyan.duel.compare.Comparison;
import dev.banyan.duel.compare.Difference;
import dev.banyan.duel.compare.Seen;
import dev.banyan.duel.origin.Received;
import dev.banyan.duel.origin.RecordingOrigin;
import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Field;
import dev.banyan.duel.wire.Answer;
import dev.banyan.duel.wire.Target;
import dev.banyan.duel.wire.TargetClient;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Confined to its event loop, but for {@link #loop} and {@link #close}: asks all targets at once.
 */
final class Arena implements AutoCloseable {
  /** How long an origin may still receive something after an answer that isn't whole. */
  private static final long SETTLE_MILLIS = 150;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final List<TargetClient> clients;
  private final DuelOptions options;
  private final @Nullable RecordingOrigin origin;
  private final String markStart;
  private int marks;

  Arena(List<Target> targets, DuelOptions options, @Nullable RecordingOrigin origin) {
    this.options = options;
    this.origin = origin;
    this.clients =
        targets.stream().map(target -> new TargetClient(target, loop, options.client())).toList();
    this.markStart =
        HexFormat.of().toHexDigits((int) ((options.seed() * 0x9e3779b97f4a7c15L) >>> 32));
  }

  EventLoop loop() {
    return loop;
  }

  /** Plays a case; the future completes on the event loop. */
  CompletableFuture<Outcome> play(Case one) {
    List<CompletableFuture<Seen>> playing = new ArrayList<>();
    for (TargetClient client : clients) {
      playing.add(play(one, client));
    }
    return CompletableFuture.allOf(playing.toArray(CompletableFuture[]::new))
        .thenApply(_ -> judge(one, playing.stream().map(CompletableFuture::join).toList()));
  }

  private CompletableFuture<Seen> play(Case one, TargetClient client) {
    String[] last = new String[one.steps().size()];
    List<String> used = new ArrayList<>();
    CompletableFuture<List<Answer>> answers = client.play(one, step -> mark(one, step, last, used));
    return answers.thenCompose(all -> settled(all, () -> seen(client.target(), all, last, used)));
  }

  private Field mark(Case one, int step, String[] last, List<String> used) {
    String mark = markStart + HexFormat.of().toHexDigits(++marks);
    if (origin != null) {
      origin.expect(mark, one.steps().get(step).origin());
    }
    last[step] = mark;
    used.add(mark);
    return new Field(options.markName(), mark);
  }

  private CompletableFuture<Seen> settled(
      List<Answer> answers, java.util.function.Supplier<Seen> seen) {
    if (origin == null || answers.stream().allMatch(Answer::isComplete)) {
      return CompletableFuture.completedFuture(seen.get());
    }
    CompletableFuture<Seen> later = new CompletableFuture<>();
    loop.schedule(() -> later.complete(seen.get()), SETTLE_MILLIS, TimeUnit.MILLISECONDS);
    return later;
  }

  /** Only a step's last sending counts; the others are forgotten. */
  private Seen seen(
      Target target, List<Answer> answers, @Nullable String[] last, List<String> used) {
    List<List<Received>> received = new ArrayList<>();
    for (String mark : last) {
      received.add(origin == null || mark == null ? List.of() : origin.take(mark));
    }
    if (origin != null) {
      used.forEach(origin::take);
    }
    return new Seen(target, answers, received, used);
  }

  private Outcome judge(Case one, List<Seen> seen) {
    List<Difference> differences = new ArrayList<>();
    for (int i = 1; i < seen.size(); i++) {
      differences.addAll(Comparison.of(options.rules(), seen.getFirst(), seen.get(i)));
    }
    Verdict verdict;
    if (!differences.isEmpty()) {
      verdict = Verdict.DIFFERS;
    } else {
      verdict = seen.getFirst().isUnanswered() ? Verdict.UNANSWERED : Verdict.EQUAL;
    }
    return new Outcome(one, verdict, seen, differences, "", null);
  }

  /** Octets that belonged to no request, and requests that were sent again, over all targets. */
  CompletableFuture<long[]> oddities() {
    return CompletableFuture.supplyAsync(
        () ->
            new long[] {
              clients.stream().mapToLong(TargetClient::surplus).sum(),
              clients.stream().mapToLong(TargetClient::sentAgain).sum()
            },
        loop);
  }

  @Override
  public void close() {
    loop.submit(() -> clients.forEach(TargetClient::close)).awaitUninterruptibly();
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
