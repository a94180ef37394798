package dev.banyan.router.parity;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * For any thread, without locks on the calls' way: everything that is measured about one module.
 *
 * <p>Counters run since the process started, or since {@link #restartParity} for the verdicts and
 * their reasons.
 */
public final class ModuleParity {
  private static final String REQUEST_ID = "request_id";

  private final String module;
  private final Clock clock;
  private final AtomicLong ids;
  private final Redactor redactor;
  private final ReasonCounts fallbacks;
  private final ReasonCounts counters;
  private final LatencyRecorder luaLatency = new LatencyRecorder();
  private final LatencyRecorder javaLatency = new LatencyRecorder();
  private final LatencyRecorder candidateLatency = new LatencyRecorder();
  private final MismatchRing mismatches;
  private final double target;
  private final RuleBook rules;
  private volatile CallCost cost = CallCost.NONE;
  private volatile Shown shown;
  private volatile NoiseBook noise;

  /** What was counted before the counts that run now began. */
  private Verdicts formerVerdicts = Verdicts.NONE;

  private Map<String, Long> formerSkips = Map.of();
  private Noise formerNoise = Noise.NONE;

  /** What the shadow has shown since the port is this port. */
  private static final class Shown {
    private final VerdictCounts verdicts = new VerdictCounts();
    private final ClassBook classes = new ClassBook();
    private final ClusterBook clusters = new ClusterBook();
    private final ReasonCounts skips;
    private final ReasonCounts breakages;

    Shown(Redactor redactor) {
      skips = new ReasonCounts(redactor::label);
      breakages = new ReasonCounts(redactor::label);
    }
  }

  /**
   * Creates it.
   *
   * @param ids numbers the process's mismatches
   */
  public ModuleParity(String module, Clock clock, AtomicLong ids, ParitySettings settings) {
    this.module = module;
    this.clock = clock;
    this.ids = ids;
    this.target = settings.target();
    this.redactor = settings.redactor();
    this.fallbacks = new ReasonCounts(redactor::label);
    this.counters = new ReasonCounts(redactor::label);
    this.rules = new RuleBook(settings.rules(module));
    this.mismatches = new MismatchRing(settings.samples());
    this.noise = new NoiseBook(redactor);
    this.shown = new Shown(redactor);
  }

  /** The module's name. */
  public String module() {
    return module;
  }

  /** Lua answered a call. */
  public void luaAnswered(long nanos) {
    luaLatency.record(nanos);
  }

  /** Java answered a call. */
  public void javaAnswered(long nanos) {
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
    candidateLatency.record(nanos);
  }

  /** Both sides of a shadowed call were measured; told by the threads that run candidates. */
  public synchronized void measured(CallCost one) {
    cost = cost.plus(one);
  }

  /** What measured calls took since the process started. */
  public CallCost cost() {
    return cost;
  }

  /** A shadowed call was not run, and why; its class isn't known. */
  public void skipped(String reason) {
    Shown counted = shown;
    counted.skips.add(reason);
    counted.verdicts.add(Verdict.SKIPPED);
  }

  /** The candidate was not able to answer a shadowed call, and why. */
  public void skipped(ShadowedCall call, Observation control, String reason) {
    Shown counted = shown;
    counted.skips.add(reason);
    count(counted, call, control, Verdict.SKIPPED);
  }

  /** The candidate or the comparison failed, and how. */
  public void broke(ShadowedCall call, Observation control, String reason) {
    Shown counted = shown;
    counted.breakages.add(reason);
    count(counted, call, control, Verdict.BROKEN);
  }

  /** Both sides of a call did the very same: there is nothing to compare or to keep. */
  public void matched(String function, Traffic traffic, String decision, @Nullable String error) {
    Shown now = shown;
    now.classes.add(
        TrafficClass.of(function, traffic.clean(redactor), decision, error), Verdict.MATCHED);
    now.verdicts.add(Verdict.MATCHED);
  }

  /**
   * Compares both answers, counts the verdict and keeps a redacted sample of a mismatch. It is kept
   * before it is counted: whoever sees that the count has grown finds what there is to look at.
   *
   * @return the sample, or null when they match or rules hide all differences
   */
  public @Nullable Mismatch compare(ShadowedCall call, Answer control, Answer candidate) {
    return compare(call, control, candidate, _ -> {});
  }

  /**
   * The same, where something is kept with the mismatch.
   *
   * @param kept told of it before it is counted; must not throw
   */
  public @Nullable Mismatch compare(
      ShadowedCall call, Answer control, Answer candidate, Consumer<Mismatch> kept) {
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Comparison comparison =
        Comparer.compare(control, candidate, rules.inForce(call.function(), today));
    rules.hid(comparison.used());
    Shown counted = shown;
    if (comparison.verdict() != Verdict.MISMATCHED) {
      count(counted, call, control, comparison.verdict());
      return null;
    }
    Mismatch mismatch = mismatch(now, call, control, candidate, comparison.differences());
    counted.clusters.add(mismatch);
    mismatches.add(mismatch);
    kept.accept(mismatch);
    count(counted, call, control, comparison.verdict());
    return mismatch;
  }

  private Mismatch mismatch(
      Instant now,
      ShadowedCall call,
      Answer control,
      Answer candidate,
      List<Difference> differences) {
    return new Mismatch(
        ids.incrementAndGet(),
        now.truncatedTo(ChronoUnit.MILLIS),
        module,
        call.function(),
        classOf(call, control).label(),
        request(call),
        Shape.of(call.function(), differences, redactor),
        redactor.redact(differences),
        tree(control.tree()),
        tree(candidate.tree()));
  }

  /** Starts the verdicts again, as when the port was replaced. */
  public synchronized void restartParity() {
    formerVerdicts = verdicts();
    formerSkips = skips();
    shown = new Shown(redactor);
  }

  /** The verdicts since the process started: what is scraped never runs backwards. */
  public synchronized Verdicts verdicts() {
    return formerVerdicts.plus(shown.verdicts.snapshot());
  }

  /** Why shadowed calls were not compared, since the process started. */
  public synchronized Map<String, Long> skips() {
    Map<String, Long> all = new TreeMap<>(formerSkips);
    shown.skips.snapshot().forEach((reason, count) -> all.merge(reason, count, Long::sum));
    return all;
  }

  /** The verdicts by class of traffic, the weakest first. */
  public List<ClassParity> classes() {
    return shown.classes.snapshot().stream().sorted(ClassParity.WEAKEST_FIRST).toList();
  }

  /** Calls of classes that came when there were too many; they are counted together. */
  public long overflowedClasses() {
    return shown.classes.overflowed();
  }

  /** The mismatches by shape, the largest cluster first. */
  public List<Cluster> clusters() {
    return shown.clusters.snapshot();
  }

  /** Mismatches of shapes that came when there were too many. */
  public long overflowedClusters() {
    return shown.clusters.overflowed();
  }

  /** Lua answered a call a second time, in a world as it was the first time. */
  public void answeredTwice(String function, Observation first, Observation second) {
    List<Difference> differences = Comparer.compare(first, second, List.of()).differences();
    noise.add(function, Shape.places(differences, redactor), clock.instant());
  }

  /** A call was chosen for that, and could not be answered a second time. */
  public void notTwice(String reason) {
    noise.unmeasured(reason);
  }

  /** Where Lua was seen to differ from itself. */
  public Noise noise() {
    return noise.snapshot();
  }

  /** Starts that again, as when the legacy's Lua was read anew. */
  public synchronized void restartNoise() {
    formerNoise = noiseCounts();
    noise = new NoiseBook(redactor);
  }

  /** How often calls were answered twice since the process started, without the places. */
  public synchronized Noise noiseCounts() {
    Noise now = noise.snapshot();
    return new Noise(
        formerNoise.measured() + now.measured(),
        formerNoise.differed() + now.differed(),
        List.of(),
        Map.of());
  }

  /** How long Lua's calls took. */
  public Latencies luaLatencies() {
    return luaLatency.recorded();
  }

  /** How long the port's calls took, shadowed ones among them. */
  public Latencies javaLatencies() {
    return javaLatency.recorded().and(candidateLatency.recorded());
  }

  /** Whether a cluster waits for a whole call of its kind; asked at each shadowed call. */
  public boolean awaitsReproducer() {
    return shown.clusters.isAwaiting();
  }

  /** Whether this cluster does. */
  public boolean awaitsReproducer(Shape shape) {
    return shown.clusters.isAwaiting(shape);
  }

  /** Says what is there to show a cluster again. */
  public void reproducer(Shape shape, Reproducer reproducer) {
    shown.clusters.reproducer(shape, reproducer);
  }

  /** The module's rules, and what each has hidden. */
  public List<RuleUse> rules() {
    return rules.snapshot(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  /** The newest mismatches first. */
  public List<Mismatch> mismatches(int limit) {
    return mismatches.newest(limit);
  }

  /** The figures of this moment. */
  public ParitySnapshot snapshot() {
    Shown now = shown;
    Latencies lua = luaLatency.recorded();
    Latencies java = javaLatency.recorded();
    return new ParitySnapshot(
        module,
        lua.calls(),
        java.calls(),
        now.verdicts.snapshot(),
        fallbacks.snapshot(),
        now.skips.snapshot(),
        now.breakages.snapshot(),
        lua.figures(),
        java.and(candidateLatency.recorded()).figures(),
        Proof.of(target, now.classes.snapshot()));
  }

  private void count(Shown counted, ShadowedCall call, Answer control, Verdict verdict) {
    counted.classes.add(classOf(call, control), verdict);
    counted.verdicts.add(verdict);
  }

  @SuppressWarnings("unchecked") // the redactor answers a map with a map
  private Map<String, @Nullable Object> tree(Map<String, @Nullable Object> tree) {
    Object clean = redactor.redact(tree);
    return clean == null ? new TreeMap<>() : (Map<String, @Nullable Object>) clean;
  }

  private TrafficClass classOf(ShadowedCall call, Answer control) {
    return TrafficClass.of(call.function(), call.traffic().clean(redactor), control);
  }

  /** The server made a request's id itself, and it leads to the log's lines. */
  private Map<String, @Nullable Object> request(ShadowedCall call) {
    Map<String, @Nullable Object> clean = tree(call.request());
    if (call.request().get(REQUEST_ID) instanceof String id) {
      clean.put(REQUEST_ID, id);
    }
    return clean;
  }
}
