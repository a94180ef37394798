package dev.banyan.gateway.seam;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.lua.seam.SeamReply;

/** Immutable: the answer for a request that a port is not about, given without asking it. */
final class NextReply implements SeamReply.Decide {
  static final SeamReply REPLY = new NextReply();

  private NextReply() {}

  @Override
  public Decision decision() {
    return Decision.next();
  }

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
