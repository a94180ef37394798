package dev.banyan.lua.seam;

import dev.banyan.api.Dict;
import dev.banyan.api.Journal;
import dev.banyan.api.Randomness;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.Unseen;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one dry run: a call of a declared pipeline on a request that nobody sees. It has no
 * world: the port is given one that a journal tells.
 */
public final class DryCall implements JavaCaller {
  private final ModuleCall target;
  private final RequestHost request;

  /** A call on this request. */
  public DryCall(ModuleCall target, RequestHost request) {
    this.target = target;
    this.request = request;
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

  @Override
  public @Nullable Object field(String name) {
    throw new IllegalStateException("field " + name + " of " + module() + " is Lua's");
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
