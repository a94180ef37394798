package dev.banyan.gateway.seam;

import dev.banyan.api.Decision;
import dev.banyan.gateway.trace.RequestTrace;
import dev.banyan.host.BoundTarget;
import dev.banyan.host.CallOutcome;
import dev.banyan.host.ReplayedWorld;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.seam.CallRecorder;
import dev.banyan.lua.seam.CallSite;
import dev.banyan.lua.seam.CpuMeter;
import dev.banyan.lua.seam.KeptValues;
import dev.banyan.lua.seam.Look;
import dev.banyan.lua.seam.NotedCall;
import dev.banyan.lua.seam.Observed;
import dev.banyan.lua.seam.SeamCall;
import dev.banyan.lua.seam.SeamSwitch;
import dev.banyan.lua.seam.Watched;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop while the control of a shadowed call runs; from then on immutable and
 * for any thread, which makes of what was noted what it asks for. It holds nothing of the request's
 * then.
 */
final class PendingShadow implements SeamSwitch.Shadow, ShadowSample {
  private static final CallOutcome NOT_MEANT = new CallOutcome.Decided(Decision.next());

  private static final @Nullable Object[] NOTHING = {};
  private static final CpuMeter.Measured FREE = new CpuMeter.Measured(0, 0);

  private final CallSite site;
  private final BoundTarget target;
  private final boolean meant;
  private final boolean notesLines;
  private final @Nullable Object[] input;
  private final KeptValues arguments;
  private final Look before;
  private final RequestFacts facts;
  private final ShadowOptions options;
  private final SeamEvents events;
  private final @Nullable WholeCall whole;

  /** The live call and what is noted of its request, while it is one. */
  private @Nullable SeamCall call;

  private @Nullable RequestNotes notes;

  private @Nullable NotedCall done;
  private @Nullable Traffic traffic;
  private CpuMeter.@Nullable Measured cost;
  private CpuMeter.@Nullable Measured inputCost = FREE;
  private RequestTrace.@Nullable CallLink link;

  /** Made when it is asked for; threads that ask first together may each make one. */
  private @Nullable Observed control;

  /**
   * Waits for the control.
   *
   * @param meant whether the port is about this request
   * @param notes of the request
   * @param whole takes the whole call; null when it isn't wanted
   * @throws RuntimeException when something can't be noted
   */
  PendingShadow(
      SeamCall call,
      Callee callee,
      boolean meant,
      RequestNotes notes,
      ShadowOptions options,
      SeamEvents events,
      @Nullable WholeCall whole) {
    this.call = call;
    this.site = call.site();
    this.target = callee.target();
    this.meant = meant;
    this.notesLines = callee.comparesLog();
    this.arguments = call.keptArguments();
    this.input =
        meant && target.readsInput()
            ? target.early(new LiveCall(call, notes.variables()))
            : NOTHING;
    this.before = callee.watchpoints().look(call.request());
    this.notes = notes;
    this.facts = notes.facts();
    this.options = options;
    this.events = events;
    this.whole = whole;
  }

  @Override
  public @Nullable CallRecorder recorder() {
    return whole;
  }

  @Override
  public Look before() {
    return before;
  }

  @Override
  public boolean notesLines() {
    return notesLines;
  }

  @Override
  public void control(NotedCall noted, CpuMeter.@Nullable Measured measured) {
    if (noted.journal().overflowed()) {
      events.skipped(module(), function(), "journal: the call asked for too much");
      return;
    }
    SeamCall live = Objects.requireNonNull(call);
    RequestNotes known = Objects.requireNonNull(notes);
    try {
      RequestHost request = live.request();
      if (meant && target.readsLate()) {
        CpuMeter meter = measured == null ? null : CpuMeter.start();
        target.finish(input, new LiveCall(live, known.variables()));
        inputCost = meter == null ? null : meter.stop();
      }
      traffic = known.traffic(request, options.classKeys());
      link = request.trace() instanceof RequestTrace trace ? trace.lastCall() : null;
      cost = measured;
      done = noted;
      call = null;
      notes = null;
    } catch (RuntimeException | StackOverflowError e) {
      lost("input: " + e.getMessage());
      return;
    }
    events.shadowed(this);
  }

  @Override
  public void lost(String reason) {
    events.skipped(module(), function(), reason);
  }

  private NotedCall done() {
    return Objects.requireNonNull(done, "the control runs");
  }

  @Override
  public String module() {
    return site.module();
  }

  @Override
  public String function() {
    return site.function();
  }

  @Override
  public Map<String, String> request() {
    return facts.map();
  }

  @Override
  public Traffic traffic() {
    return Objects.requireNonNull(traffic, "the control runs");
  }

  @Override
  public Watched watched() {
    return before.watched();
  }

  @Override
  public Observed control() {
    Observed known = control;
    if (known == null) {
      known = done().after();
      control = known;
    }
    return known;
  }

  @Override
  public CpuMeter.@Nullable Measured cost() {
    return cost;
  }

  @Override
  public ShadowSample.@Nullable Whole whole() {
    return whole == null ? null : whole.whole();
  }

  @Override
  public RequestTrace.@Nullable CallLink link() {
    return link;
  }

  @Override
  public Supplier<Candidate> candidate() {
    return this::ran;
  }

  private Candidate ran() {
    ReplayedWorld world = new ReplayedWorld(done().journal());
    CpuMeter meter = cost == null ? null : CpuMeter.start();
    long start = System.nanoTime();
    CallOutcome outcome = meant ? outcome(world) : NOT_MEANT;
    long nanos = System.nanoTime() - start;
    CpuMeter.Measured measured = meter == null ? null : meter.stop();
    String complaint =
        outcome instanceof CallOutcome.Fallback ? world.complaintSoFar() : world.complaint();
    Observed observed =
        complaint == null
            ? Projection.of(
                outcome, done().before(), control(), world.lines(), done().defaultType())
            : Projection.strayed(complaint, done().before());
    return new Candidate(outcome, observed, nanos, withInput(measured));
  }

  private CpuMeter.@Nullable Measured withInput(CpuMeter.@Nullable Measured measured) {
    return measured == null || inputCost == null ? null : measured.plus(inputCost);
  }

  /** Makes the input and runs the port. */
  private CallOutcome outcome(ReplayedWorld world) {
    Object made;
    try {
      made = target.input(input);
    } catch (RuntimeException | StackOverflowError e) {
      return new CallOutcome.Fallback("input: " + e.getMessage(), null);
    }
    return target.invoke(made, arguments.list(), world);
  }
}
