package dev.banyan.lua.seam;

import dev.banyan.api.Dict;
import dev.banyan.api.Journal;
import dev.banyan.api.Randomness;
import dev.banyan.lua.ngx.DirectWorld;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.Unseen;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: a call of a declared pipeline, for which no Lua runs and no value of
 * Lua's is made. It has no arguments.
 */
public sealed class DirectCall implements SeamCall permits FromPipeline {
  private final ModuleCall target;
  private final RequestHost request;
  private final DirectWorld world;

  /** A call in the world of one handler's run. */
  public DirectCall(ModuleCall target, RequestHost request, DirectWorld world) {
    this.target = target;
    this.request = request;
    this.world = world;
  }

  @Override
  public String module() {
    return target.module();
  }

  @Override
  public String function() {
    return target.function();
  }

  @Override
  public RequestHost request() {
    return request;
  }

  @Override
  public List<@Nullable Object> arguments() {
    return List.of();
  }

  @Override
  public List<@Nullable Object> lastingArguments() {
    return List.of();
  }

  @Override
  public @Nullable Object ctx(String key) {
    Unseen value = RequestContext.unseen(request, key);
    return value instanceof PortValue own ? JavaView.of(own.value()) : null;
  }

  /** Lua's module is not looked at: a port that reads its fields has no place in a pipeline. */
  @Override
  public @Nullable Object field(String name) {
    throw new IllegalStateException("field " + name + " of " + module() + " is Lua's");
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
