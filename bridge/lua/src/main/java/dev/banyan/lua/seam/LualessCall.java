package dev.banyan.lua.seam;

import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.Unseen;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its caller: a call of a declared pipeline, for which no Lua runs and no value of Lua's
 * is made. It has no arguments.
 */
abstract sealed class LualessCall implements SeamCall permits DirectCall, DryCall {
  private final ModuleCall target;
  private final RequestHost request;

  LualessCall(ModuleCall target, RequestHost request) {
    this.target = target;
    this.request = request;
  }

  @Override
  public final CallSite site() {
    return target.site();
  }

  @Override
  public final RequestHost request() {
    return request;
  }

  @Override
  public final List<@Nullable Object> arguments() {
    return List.of();
  }

  @Override
  public final KeptValues keptArguments() {
    return KeptValues.NONE;
  }

  @Override
  public final @Nullable Object ctx(String key) {
    Unseen value = RequestContext.unseen(request, key);
    return value instanceof PortValue own ? own.view() : null;
  }

  /** Lua's module is not looked at: a port that reads its fields has no place in a pipeline. */
  @Override
  public final @Nullable Object field(String name) {
    throw new IllegalStateException("field " + name + " of " + module() + " is Lua's");
  }
}
