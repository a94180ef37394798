package dev.banyan.gateway.seam;

import dev.banyan.lua.seam.Observed;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.lua.seam.RecordedState;
import dev.banyan.lua.seam.Watched;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a recorded call did, in the terms in which a shadowed call is compared. */
public final class RecordedObservation {
  private RecordedObservation() {}

  /** The observation of what Lua did. */
  public static Observed of(RecordedCall call, Watched watched) {
    return new Observed(
        call.results().stream().<@Nullable Object>map(RecordedState::view).toList(),
        call.error(),
        call.ending(),
        call.after().places(watched, call.journal()),
        call.printed());
  }

  /** The places before it. */
  static Observed before(RecordedCall call, Watched watched) {
    return new Observed(List.of(), null, null, call.before().places(watched, call.journal()), null);
  }
}
