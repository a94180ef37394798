package dev.banyan.gateway.seam;

import dev.banyan.gateway.trace.RequestTrace;
import dev.banyan.host.CallOutcome;
import dev.banyan.lua.seam.CpuMeter;
import dev.banyan.lua.seam.Observed;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.lua.seam.Watched;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: a call that the control has answered, with all that the candidate
 * needs to answer it again. What it says is made of what was noted when it is asked for: on a
 * thread that no user waits for.
 */
public interface ShadowSample {
  /** The module. */
  String module();

  /** Its function. */
  String function();

  /** Facts of the request, for people: method, URI, host, request id. */
  Map<String, String> request();

  /** What kind of traffic it belongs to. */
  Traffic traffic();

  /** The places that are compared. */
  Watched watched();

  /** What the control did. */
  Observed control();

  /** What the control's Lua cost; null for most calls, which are not measured. */
  CpuMeter.@Nullable Measured cost();

  /** The whole call, or why it can't be had; null for most calls, of which it isn't wanted. */
  @Nullable Whole whole();

  /** The call in the request's trace; null for one that isn't traced. */
  RequestTrace.@Nullable CallLink link();

  /** Runs the port; call it once, on a thread that may take its time. */
  Supplier<Candidate> candidate();

  /** A call that was wanted whole. */
  sealed interface Whole {
    /** All that the call read, did and was told. */
    record Taken(RecordedCall call, WholeCalls.Reading reading) implements Whole {}

    /** It can't be had. */
    record Lost(String reason, WholeCalls.Reading reading) implements Whole {}
  }

  /**
   * What the candidate did.
   *
   * @param outcome the port's raw outcome
   * @param observed the same in the control's terms, null when the port didn't answer
   * @param nanos how long it took
   * @param cost what reading its input and running it cost; null when the control's isn't known
   */
  record Candidate(
      CallOutcome outcome,
      @Nullable Observed observed,
      long nanos,
      CpuMeter.@Nullable Measured cost) {}
}
