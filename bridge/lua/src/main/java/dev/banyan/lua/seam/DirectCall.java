package dev.banyan.lua.seam;

import dev.banyan.api.Dict;
import dev.banyan.api.Journal;
import dev.banyan.api.Randomness;
import dev.banyan.lua.ngx.DirectWorld;
import dev.banyan.lua.ngx.RequestHost;
import java.time.Clock;

/** Owned by its request's loop: a call that no Lua makes, in the world as it is. */
public sealed class DirectCall extends LualessCall permits FromPipeline {
  private final DirectWorld world;

  /** A call in the world of one handler's run. */
  public DirectCall(ModuleCall target, RequestHost request, DirectWorld world) {
    super(target, request);
    this.world = world;
  }

  @Override
  public Clock clock() {
    return new LiveClock(world);
  }

  @Override
  public Randomness randomness() {
    return world::draw;
  }

  @Override
  public Dict dict(String name, Runnable written) {
    return LiveDict.of(world, name, written);
  }

  /** Nothing is journalled; what is worth a note has waited for somebody. */
  @Override
  public void note(Journal.Entry entry, int weight) {
    world.waited();
  }

  @Override
  public long nextSocket() {
    return world.nextSocket();
  }

  final DirectWorld world() {
    return world;
  }
}
