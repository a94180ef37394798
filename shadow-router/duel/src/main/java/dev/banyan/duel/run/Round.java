package dev.banyan.duel.run;

import dev.banyan.duel.suite.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Confined to the arena's event loop while it runs: all cases that a source has now, so many at a
 * time. It may run again when the source has more.
 */
final class Round {
  private final Arena arena;
  private final CaseSource source;
  private final int limit;
  private final Progress progress;
  private CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private final List<Ended> results = new ArrayList<>();
  private final List<Outcome> exceptions = new ArrayList<>();
  private int inFlight;
  private int peak;
  private long requests;
  private int differing;
  private boolean stopped;

  Round(Arena arena, CaseSource source, int limit, Progress progress) {
    this.arena = arena;
    this.source = source;
    this.limit = limit;
    this.progress = progress;
  }

  /** A result, and whether its outcome is among the exceptions, in the same order. */
  record Ended(Result result, boolean kept) {}

  /** Begins, from any thread while it doesn't run; completes when the source has no more. */
  CompletableFuture<@Nullable Void> run() {
    CompletableFuture<@Nullable Void> fresh = new CompletableFuture<>();
    ended = fresh;
    arena.loop().execute(this::fill);
    return fresh;
  }

  /** Ends it early, from any thread: what is being asked is forgotten. */
  void stop() {
    arena
        .loop()
        .execute(() -> {
          stopped = true;
          ended.complete(null);
        });
  }

  List<Ended> results() {
    return results;
  }

  List<Outcome> exceptions() {
    return exceptions;
  }

  int peak() {
    return peak;
  }

  long requests() {
    return requests;
  }

  private void fill() {
    while (inFlight < limit && !stopped) {
      Optional<Case> next = source.next();
      if (next.isEmpty()) {
        break;
      }
      inFlight++;
      peak = Math.max(peak, inFlight);
      requests += next.get().steps().size();
      arena.play(next.get()).whenComplete(this::done);
    }
    if (inFlight == 0) {
      ended.complete(null);
    }
  }

  private void done(Outcome outcome, Throwable failure) {
    if (stopped) {
      return;
    }
    if (failure != null) {
      ended.completeExceptionally(failure);
      return;
    }
    inFlight--;
    boolean kept = outcome.verdict() != Verdict.EQUAL && exceptions.size() < Duel.KEPT;
    if (kept) {
      exceptions.add(outcome);
    }
    differing += outcome.verdict() == Verdict.EQUAL ? 0 : 1;
    Case one = outcome.one();
    results.add(
        new Ended(
            new Result(one.title(), one.group(), one.source(), outcome.verdict(), outcome.nanos()),
            kept));
    source.seen(outcome);
    progress.at("asking", results.size(), source.size(), inFlight, differing);
    fill();
  }
}
