package dev.banyan.router.parity;

import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * For any thread, without locks on the calls' way: everything that is measured about one module.
 *
 * <p>Counters run since the process started, or since {@link #restartParity} for the verdicts.
 */
public final class ModuleParity {
  private final String module;
  private final Clock clock;
  private final AtomicLong ids;
  private final Comparer comparer = new Comparer();
  private final Redactor redactor = new Redactor();
  private final LongAdder luaCalls = new LongAdder();
  private final LongAdder javaCalls = new LongAdder();
  private final ReasonCounts fallbacks = new ReasonCounts();
  private final ReasonCounts skips = new ReasonCounts();
  private final ReasonCounts breakages = new ReasonCounts();
  private final ReasonCounts counters = new ReasonCounts();
  private final LatencyRecorder luaLatency = new LatencyRecorder();
  private final LatencyRecorder javaLatency = new LatencyRecorder();
  private final MismatchRing mismatches;
  private volatile Map<Verdict, LongAdder> verdicts = freshVerdicts();

  /**
   * Creates it.
   *
   * @param ids numbers the process's mismatches
   * @param samples how many mismatches are kept
   */
  public ModuleParity(String module, Clock clock, AtomicLong ids, int samples) {
    this.module = module;
    this.clock = clock;
    this.ids = ids;
    this.mismatches = new MismatchRing(samples);
  }

  /** The module's name. */
  public String module() {
    return module;
  }

  /** Lua answered a call. */
  public void luaAnswered(long nanos) {
    luaCalls.increment();
    luaLatency.record(nanos);
  }

  /** Java answered a call. */
  public void javaAnswered(long nanos) {
    javaCalls.increment();
    javaLatency.record(nanos);
  }

  /** Java was asked, and Lua had to answer; Lua's own answer is counted apart. */
  public void fellBack(String reason) {
    fallbacks.add(reason);
  }

  /** The port counted something of its own. */
  public void counted(String counter, long by) {
    counters.add(counter, by);
  }

  /** What the port counted itself, by name. */
  public Map<String, Long> counters() {
    return counters.snapshot();
  }

  /** Java answered a shadowed call, which nobody saw. */
  public void candidateRan(long nanos) {
    javaLatency.record(nanos);
  }

  /** A shadowed call was not run, and why. */
  public void skipped(String reason) {
    skips.add(reason);
    count(Verdict.SKIPPED);
  }

  /** The candidate or the comparison failed, and how. */
  public void broke(String reason) {
    breakages.add(reason);
    count(Verdict.BROKEN);
  }

  /**
   * Compares both answers, counts the verdict and keeps a redacted sample of a mismatch.
   *
   * @return the sample, or null when they match
   */
  public @Nullable Mismatch compare(
      String function,
      Map<String, @Nullable Object> request,
      Observation control,
      Observation candidate) {
    List<Difference> differences = comparer.compare(control, candidate);
    if (differences.isEmpty()) {
      count(Verdict.MATCHED);
      return null;
    }
    count(Verdict.MISMATCHED);
    Mismatch mismatch =
        new Mismatch(
            ids.incrementAndGet(),
            clock.instant(),
            module,
            function,
            tree(request),
            redactor.redact(differences),
            tree(control.tree()),
            tree(candidate.tree()));
    mismatches.add(mismatch);
    return mismatch;
  }

  /** Starts the verdicts again, as when the port was replaced. */
  public void restartParity() {
    verdicts = freshVerdicts();
  }

  /** The newest mismatches first. */
  public List<Mismatch> mismatches(int limit) {
    return mismatches.newest(limit);
  }

  /** The figures of this moment. */
  public ParitySnapshot snapshot() {
    Map<Verdict, LongAdder> counts = verdicts;
    return new ParitySnapshot(
        module,
        luaCalls.sum(),
        javaCalls.sum(),
        sum(counts, Verdict.MATCHED),
        sum(counts, Verdict.IGNORED),
        sum(counts, Verdict.MISMATCHED),
        sum(counts, Verdict.SKIPPED),
        sum(counts, Verdict.BROKEN),
        fallbacks.snapshot(),
        skips.snapshot(),
        breakages.snapshot(),
        luaLatency.snapshot(),
        javaLatency.snapshot());
  }

  private void count(Verdict verdict) {
    adder(verdicts, verdict).increment();
  }

  private static long sum(Map<Verdict, LongAdder> counts, Verdict verdict) {
    return adder(counts, verdict).sum();
  }

  private static LongAdder adder(Map<Verdict, LongAdder> counts, Verdict verdict) {
    return Objects.requireNonNull(counts.get(verdict), "every verdict is counted");
  }

  private static Map<Verdict, LongAdder> freshVerdicts() {
    Map<Verdict, LongAdder> fresh = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      fresh.put(verdict, new LongAdder());
    }
    return fresh;
  }

  @SuppressWarnings("unchecked") // the redactor answers a map with a map
  private Map<String, @Nullable Object> tree(Map<String, @Nullable Object> tree) {
    Object clean = redactor.redact(tree);
    return clean == null ? Map.of() : (Map<String, @Nullable Object>) clean;
  }
}
