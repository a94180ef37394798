package dev.banyan.lua.seam;

import dev.banyan.api.Results;
import dev.banyan.lua.ngx.DirectWorld;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by one call: a declared pipeline calls, and values stay Java's. */
final class FromPipeline extends DirectCall implements Caller<DirectAnswer> {
  private static final DirectAnswer NOTHING = new DirectAnswer.Returned(List.of());

  FromPipeline(ModuleCall target, RequestHost request, DirectWorld world) {
    super(target, request, world);
  }

  @Override
  public Object ready(@Nullable Object value) throws Unappliable {
    JavaValues.require(value);
    return new PortValue(module(), value);
  }

  @Override
  public void put(String key, Object ready) {
    RequestContext.put(request(), key, (PortValue) ready);
  }

  @Override
  public DirectAnswer results(List<@Nullable Object> values) throws Unappliable {
    if (values.isEmpty()) {
      return NOTHING;
    }
    JavaValues.require(values);
    return new DirectAnswer.Returned(values);
  }

  @Override
  public DirectAnswer result(@Nullable Object value) throws Unappliable {
    JavaValues.require(value);
    return new DirectAnswer.Returned(Results.of(value).values());
  }

  @Override
  public DirectAnswer ended(Outcome outcome) {
    return new DirectAnswer.Ended(outcome);
  }

  @Override
  public DirectAnswer raised(String message) {
    return new DirectAnswer.Raised(message);
  }

  @Override
  public DirectAnswer lua() {
    return new DirectAnswer.Lua();
  }
}
