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
 * needs to answer it again.
 *
 * @param module the module
 * @param function its function
 * @param request facts of the request, for people: method, URI, host, request id
 * @param traffic what kind of traffic it belongs to
 * @param watched the places that are compared
 * @param control what the control did
 * @param cost what the control's Lua cost; null for most calls, which are not measured
 * @param whole the whole call, or why it can't be had; null for most calls, of which it isn't
 *     wanted
 * @param link the call in the request's trace; null for one that isn't traced
 * @param candidate runs the port; call it once, on a thread that may take its time
 */
public record ShadowSample(
    String module,
    String function,
    Map<String, String> request,
    Traffic traffic,
    Watched watched,
    Observed control,
    CpuMeter.@Nullable Measured cost,
    @Nullable Whole whole,
    RequestTrace.@Nullable CallLink link,
    Supplier<Candidate> candidate) {
  /** A call that was wanted whole. */
  public sealed interface Whole {
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
  public record Candidate(
      CallOutcome outcome,
      @Nullable Observed observed,
      long nanos,
      CpuMeter.@Nullable Measured cost) {}
}
