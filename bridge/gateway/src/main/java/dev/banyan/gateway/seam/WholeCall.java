package dev.banyan.gateway.seam;

import dev.banyan.lua.seam.CallRecorder;
import dev.banyan.lua.seam.RecordedCall;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop until the control is done: takes one shadowed call whole. */
final class WholeCall implements CallRecorder {
  private final WholeCalls.Reading reading;
  private ShadowSample.@Nullable Whole whole;

  WholeCall(WholeCalls.Reading reading) {
    this.reading = reading;
  }

  /** What came of it; null when the call didn't end yet. */
  ShadowSample.@Nullable Whole whole() {
    return whole;
  }

  @Override
  public Set<String> variables() {
    return reading.variables();
  }

  @Override
  public Set<String> members() {
    return reading.members();
  }

  @Override
  public int maxBody() {
    return reading.maxBody();
  }

  @Override
  public boolean wants() {
    return true;
  }

  @Override
  public boolean recorded(RecordedCall call) {
    whole = new ShadowSample.Whole.Taken(call, reading);
    return true;
  }

  @Override
  public void failed(String function, String reason) {
    whole = new ShadowSample.Whole.Lost(reason, reading);
  }
}
