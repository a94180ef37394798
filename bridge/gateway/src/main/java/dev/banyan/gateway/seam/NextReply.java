package dev.banyan.gateway.seam;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.lua.seam.SeamReply;

/** Immutable: the answer for a request that a port is not about, given without asking it. */
final class NextReply implements SeamReply.Receipt {
  static final SeamReply REPLY = new SeamReply.Decide(Decision.next(), new NextReply());

  private NextReply() {}

  /** Nothing has run. */
  @Override
  public long nanos() {
    return 0;
  }

  @Override
  public void accepted() {
    // nothing was held back
  }

  @Override
  public SeamReply.Later later(Effect.Later timer) {
    throw new IllegalStateException("\"next\" asks for no timer");
  }

  @Override
  public SeamReply refused(String reason) {
    return new SeamReply.CallLua();
  }
}
