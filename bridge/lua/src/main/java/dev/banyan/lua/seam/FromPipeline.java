package dev.banyan.lua.seam;

import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.RequestContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by one call: a declared pipeline calls, and values stay Java's. */
record FromPipeline(SeamCall call) implements Caller<DirectAnswer> {
  private static final DirectAnswer NOTHING = new DirectAnswer.Returned(List.of());

  @Override
  public Runnable context(String key, @Nullable Object value) throws Unappliable {
    JavaValues.require(value);
    PortValue kept = new PortValue(call.module(), value);
    return () -> RequestContext.put(call.request(), key, kept);
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
