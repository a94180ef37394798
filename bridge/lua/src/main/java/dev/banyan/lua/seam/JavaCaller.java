package dev.banyan.lua.seam;

import dev.banyan.api.Results;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.RequestContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by one call: whoever calls without Lua, so that values stay Java's. */
interface JavaCaller extends SeamCall, Caller<DirectAnswer> {
  /** What a call answers that returns nothing. */
  DirectAnswer NOTHING = new DirectAnswer.Returned(List.of());

  @Override
  default Object ready(@Nullable Object value) throws Unappliable {
    JavaValues.require(value);
    return new PortValue(module(), value);
  }

  @Override
  default void put(String key, Object ready) {
    RequestContext.put(request(), key, (PortValue) ready);
  }

  @Override
  default DirectAnswer results(List<@Nullable Object> values) throws Unappliable {
    if (values.isEmpty()) {
      return NOTHING;
    }
    JavaValues.require(values);
    return new DirectAnswer.Returned(values);
  }

  @Override
  default DirectAnswer result(@Nullable Object value) throws Unappliable {
    JavaValues.require(value);
    return new DirectAnswer.Returned(Results.of(value).values());
  }

  @Override
  default DirectAnswer ended(Outcome outcome) {
    return new DirectAnswer.Ended(outcome);
  }

  @Override
  default DirectAnswer raised(String message) {
    return new DirectAnswer.Raised(message);
  }

  @Override
  default DirectAnswer lua() {
    return new DirectAnswer.Lua();
  }
}
