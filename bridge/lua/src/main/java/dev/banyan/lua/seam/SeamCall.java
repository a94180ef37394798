package dev.banyan.lua.seam;

import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Varargs;

/** Owned by its request's loop: one call from Lua to a function that has a port. */
public final class SeamCall {
  private final String module;
  private final String function;
  private final RequestHost request;
  private final Varargs args;

  SeamCall(String module, String function, RequestHost request, Varargs args) {
    this.module = module;
    this.function = function;
    this.request = request;
    this.args = args;
  }

  /** The module that was called. */
  public String module() {
    return module;
  }

  /** Its function. */
  public String function() {
    return function;
  }

  /** The request that calls. */
  public RequestHost request() {
    return request;
  }

  /** The arguments as Java sees them; tables are lazy views. */
  public List<@Nullable Object> arguments() {
    return JavaValues.toJava(args);
  }

  /** The arguments in a form that outlives the call. */
  public List<@Nullable Object> lastingArguments() {
    List<@Nullable Object> lasting = new ArrayList<>();
    for (Object value : arguments()) {
      lasting.add(JavaValues.lasting(value));
    }
    return lasting;
  }

  /** The value at a key of {@code ngx.ctx}. */
  public @Nullable Object ctx(String key) {
    return JavaValues.toJava(RequestContext.get(request, key));
  }
}
