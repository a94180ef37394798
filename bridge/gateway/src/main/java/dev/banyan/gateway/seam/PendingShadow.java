package dev.banyan.gateway.seam;

import dev.banyan.api.Journal;
import dev.banyan.gateway.trace.RequestTrace;
import dev.banyan.host.CallOutcome;
import dev.banyan.host.Capabilities;
import dev.banyan.host.ReplayedWorld;
import dev.banyan.lua.seam.CallRecorder;
import dev.banyan.lua.seam.CpuMeter;
import dev.banyan.lua.seam.Observed;
import dev.banyan.lua.seam.SeamCall;
import dev.banyan.lua.seam.SeamSwitch;
import dev.banyan.lua.seam.Watchpoints;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: a shadowed call whose control runs. What it hands on is for any
 * thread.
 */
final class PendingShadow implements SeamSwitch.Shadow {
  private final SeamCall call;
  private final Map<String, String> facts;
  private final Watchpoints watched;
  private final boolean notesLines;
  private final Completion completion;
  private final SeamEvents events;
  private final List<String> classKeys;
  private final @Nullable WholeCall whole;

  /** Makes the candidate's run, once the control is done. */
  @FunctionalInterface
  interface Completion {
    Function<Capabilities, CallOutcome> get();
  }

  /**
   * Waits for the control.
   *
   * @param facts what tells the request apart from others
   * @param notesLines whether lines of the error log are compared
   * @param classKeys the variables that tell kinds of traffic apart
   * @param whole takes the whole call; null when it isn't wanted
   */
  PendingShadow(
      SeamCall call,
      Map<String, String> facts,
      Watchpoints watched,
      boolean notesLines,
      Completion completion,
      SeamEvents events,
      List<String> classKeys,
      @Nullable WholeCall whole) {
    this.call = call;
    this.facts = facts;
    this.watched = watched;
    this.notesLines = notesLines;
    this.completion = completion;
    this.events = events;
    this.classKeys = classKeys;
    this.whole = whole;
  }

  @Override
  public @Nullable CallRecorder recorder() {
    return whole;
  }

  @Override
  public Watchpoints watched() {
    return watched;
  }

  @Override
  public boolean notesLines() {
    return notesLines;
  }

  @Override
  public void control(
      Observed before, Observed after, Journal journal, CpuMeter.@Nullable Measured cost) {
    if (journal.overflowed()) {
      events.skipped(call.module(), call.function(), "journal: the call asked for too much");
      return;
    }
    try {
      CpuMeter meter = cost == null ? null : CpuMeter.start();
      Function<Capabilities, CallOutcome> run = completion.get();
      CpuMeter.Measured input = meter == null ? null : meter.stop();
      events.shadowed(
          new ShadowSample(
              call.module(),
              call.function(),
              facts,
              Traffic.of(call.request(), classKeys),
              watched.watched(),
              after,
              cost,
              whole == null ? null : whole.whole(),
              call.request().trace() instanceof RequestTrace trace ? trace.lastCall() : null,
              () -> candidate(run, before, after, new ReplayedWorld(journal), input)));
    } catch (RuntimeException | StackOverflowError e) {
      events.skipped(call.module(), call.function(), "input: " + e.getMessage());
    }
  }

  private static ShadowSample.Candidate candidate(
      Function<Capabilities, CallOutcome> run,
      Observed before,
      Observed after,
      ReplayedWorld world,
      CpuMeter.@Nullable Measured input) {
    CpuMeter meter = input == null ? null : CpuMeter.start();
    long start = System.nanoTime();
    CallOutcome outcome = run.apply(world);
    long nanos = System.nanoTime() - start;
    CpuMeter.Measured ran = meter == null ? null : meter.stop();
    String complaint =
        outcome instanceof CallOutcome.Fallback ? world.complaintSoFar() : world.complaint();
    Observed observed =
        complaint == null
            ? Projection.of(outcome, before, after, world.lines())
            : Projection.strayed(complaint, before);
    return new ShadowSample.Candidate(
        outcome, observed, nanos, input == null || ran == null ? null : input.plus(ran));
  }
}
