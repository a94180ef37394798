package dev.banyan.duel.run;

import dev.banyan.duel.compare.Comparison;
import dev.banyan.duel.origin.RecordingOrigin;
import dev.banyan.duel.suite.Case;
import dev.banyan.duel.wire.Answer.Ending;
import dev.banyan.duel.wire.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread, which waits while it runs, but for {@link #stop}: asks all targets the same
 * and says what differs.
 *
 * <p>First all cases, as many at a time as the options say; then the differing ones again, each
 * twice and a few at a time, which parts differences from the accidents of concurrency; then one of
 * each sort is made as small as it gets, and asked once more.
 */
public final class Duel implements AutoCloseable {
  /** Outcomes that are kept whole at most. */
  public static final int KEPT = 2_000;

  private static final int AGAIN_AT_A_TIME = 8;
  private static final int WARMING_AT_A_TIME = 16;

  private final List<Target> targets;
  private final DuelOptions options;
  private final @Nullable RecordingOrigin origin;
  private final Progress progress;
  private final Arena arena;
  private final Map<String, Integer> indexes = new HashMap<>();
  private volatile boolean stopped;
  private volatile @Nullable Round running;

  /**
   * Between these targets, of which the first is what the others are held to.
   *
   * @param origin the origin behind all of them; null for one that records nothing
   */
  public Duel(
      List<Target> targets,
      DuelOptions options,
      @Nullable RecordingOrigin origin,
      Progress progress) {
    this.targets = List.copyOf(targets);
    this.options = options;
    this.origin = origin;
    this.progress = progress;
    this.arena = new Arena(targets, options, origin);
  }

  /**
   * Runs all cases and returns what came of them.
   *
   * @throws InterruptedException when the thread is interrupted; connections stay until {@link
   *     #close}
   */
  public Report run(CaseSource source) throws InterruptedException {
    long start = System.nanoTime();
    long markedBefore = origin == null ? 0 : origin.marked();
    Round round = load(source, options.inFlight());
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    long marked = origin == null ? 0 : origin.marked() - markedBefore;
    List<Outcome> judged = again(round.exceptions());
    List<Outcome> shrunk = shrink(judged);
    long[] odd = Waiting.of(arena.oddities());
    return new Report(
        targets,
        options.seed(),
        verdicts(round.results(), shrunk),
        shrunk,
        round.peak(),
        round.requests() * targets.size(),
        marked,
        origin == null ? 0 : origin.unmarked(),
        odd[0],
        odd[1],
        stopped ? Math.max(0, source.size() - round.results().size()) : 0,
        List.of(),
        took);
  }

  /** Ends it early, from any thread: the report is about what was answered before. */
  public void stop() {
    stopped = true;
    Round round = running;
    if (round != null) {
      round.stop();
    }
  }

  /** Asks some cases first, a few at a time, and forgets what came: servers start cold. */
  public void warmUp(CaseSource source) throws InterruptedException {
    load(source, Math.min(options.inFlight(), WARMING_AT_A_TIME));
  }

  private Round load(CaseSource source, int inFlight) throws InterruptedException {
    Round round = new Round(arena, source, inFlight, progress);
    running = round;
    while (!stopped) {
      Waiting.of(round.run());
      if (stopped || !source.more()) {
        break;
      }
    }
    return round;
  }

  /** Asks what differs again, alone; a case that timed out is believed at once. */
  private List<Outcome> again(List<Outcome> outcomes) throws InterruptedException {
    List<Outcome> judged = new ArrayList<>(outcomes);
    List<CompletableFuture<Void>> running = new ArrayList<>();
    int asked = 0;
    for (int i = 0; i < judged.size(); i++) {
      Outcome first = judged.get(i);
      if (first.verdict() != Verdict.DIFFERS) {
        continue;
      }
      if (stopped) {
        judged.set(i, first.judged(Verdict.DIFFERS, "not asked again: the duel was ended early"));
      } else if (timedOut(first)) {
        judged.set(i, first.judged(Verdict.DIFFERS, "not asked again: it timed out"));
      } else if (asked++ >= options.repeats()) {
        judged.set(i, first.judged(Verdict.DIFFERS, "not asked again: too many differ"));
      } else {
        int index = i;
        running.add(again(first).thenAccept(outcome -> judged.set(index, outcome)));
        if (running.size() == AGAIN_AT_A_TIME) {
          Waiting.of(CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)));
          running.clear();
        }
        progress.at("asking again", asked, Math.min(outcomes.size(), options.repeats()), 0, 0);
      }
    }
    Waiting.of(CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)));
    return judged;
  }

  private static boolean timedOut(Outcome outcome) {
    return outcome.seen().stream()
        .flatMap(seen -> seen.answers().stream())
        .anyMatch(answer -> answer.ending() == Ending.TIMED_OUT);
  }

  private CompletableFuture<Outcome> again(Outcome first) {
    return play(first.one())
        .thenCompose(second -> play(first.one()).thenApply(third -> judge(first, second, third)));
  }

  private CompletableFuture<Outcome> play(Case one) {
    return CompletableFuture.supplyAsync(() -> arena.play(one), arena.loop())
        .thenCompose(played -> played);
  }

  private Outcome judge(Outcome first, Outcome second, Outcome third) {
    if (second.verdict() != Verdict.DIFFERS || third.verdict() != Verdict.DIFFERS) {
      return first.judged(Verdict.UNSTEADY, "alike when it was asked again alone");
    }
    boolean steady =
        Comparison.of(options.rules(), second.seen().getFirst(), third.seen().getFirst()).isEmpty();
    return steady
        ? second
        : second.judged(Verdict.UNSTEADY, "the first target answers it differently each time");
  }

  private List<Outcome> shrink(List<Outcome> outcomes) throws InterruptedException {
    List<Outcome> shrunk = new ArrayList<>(outcomes);
    indexes.clear();
    for (int i = 0; i < shrunk.size(); i++) {
      Outcome outcome = shrunk.get(i);
      boolean candidate = outcome.verdict() == Verdict.DIFFERS && outcome.note().isEmpty();
      if (candidate
          && !stopped
          && indexes.size() < options.shrinks()
          && indexes.putIfAbsent(outcome.signature(), i) == null) {
        progress.at("shrinking", indexes.size(), options.shrinks(), 1, indexes.size());
        Shrinker shrinker =
            new Shrinker(outcome.one(), one -> !stopped && outcome.covers(Waiting.of(play(one))));
        Case smallest = shrinker.smallest();
        boolean again = stopped || outcome.covers(Waiting.of(play(smallest)));
        shrunk.set(i, again ? outcome.shrunkTo(smallest) : outcome);
      }
    }
    return shrunk;
  }

  /** The results, with the verdicts that stand now. */
  private static List<Result> verdicts(List<Round.Ended> ended, List<Outcome> judged) {
    Map<Integer, Verdict> changed = new HashMap<>();
    for (int i = 0, at = 0; i < ended.size() && at < judged.size(); i++) {
      if (ended.get(i).kept()) {
        changed.put(i, judged.get(at++).verdict());
      }
    }
    List<Result> results = new ArrayList<>(ended.size());
    for (int i = 0; i < ended.size(); i++) {
      Result first = ended.get(i).result();
      Verdict verdict = changed.getOrDefault(i, first.verdict());
      results.add(new Result(first.title(), first.group(), first.source(), verdict, first.nanos()));
    }
    return results;
  }

  @Override
  public void close() {
    arena.close();
  }
}
