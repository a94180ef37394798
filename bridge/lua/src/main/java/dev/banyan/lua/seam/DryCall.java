package dev.banyan.lua.seam;

import dev.banyan.api.Dict;
import dev.banyan.api.Journal;
import dev.banyan.api.Randomness;
import dev.banyan.lua.ngx.RequestHost;
import java.time.Clock;

/**
 * Owned by one dry run: a call of a declared pipeline on a request that nobody sees. It has no
 * world: the port is given one that a journal tells.
 */
public final class DryCall extends LualessCall implements JavaCaller {
  /** A call on this request. */
  public DryCall(ModuleCall target, RequestHost request) {
    super(target, request);
  }

  @Override
  public Clock clock() {
    throw worldless();
  }

  @Override
  public Randomness randomness() {
    throw worldless();
  }

  @Override
  public Dict dict(String name, Runnable written) {
    throw worldless();
  }

  @Override
  public void note(Journal.Entry entry, int weight) {
    throw worldless();
  }

  @Override
  public long nextSocket() {
    throw worldless();
  }

  private static IllegalStateException worldless() {
    return new IllegalStateException("a dry run's world is its journal's");
  }
}
