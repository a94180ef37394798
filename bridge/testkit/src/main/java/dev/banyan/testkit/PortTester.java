package dev.banyan.testkit;

import dev.banyan.api.Decision;
import dev.banyan.api.Port;
import dev.banyan.api.Results;
import dev.banyan.host.BoundFunction;
import dev.banyan.host.BoundHandler;
import dev.banyan.host.BoundPort;
import dev.banyan.host.CallOutcome;
import dev.banyan.host.Capabilities;
import dev.banyan.host.ModuleHost;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a port as the module host does: bound, with its inputs extracted and its writes checked. */
public final class PortTester {
  private final BoundPort port;
  private final Capabilities capabilities;

  private PortTester(BoundPort port, Instant now) {
    this.port = port;
    this.capabilities = new Capabilities(Clock.fixed(now, ZoneOffset.UTC));
  }

  /** Binds a port whose clock stands at {@code now}. */
  public static PortTester of(Port port, Instant now) {
    ModuleHost host = ModuleHost.of(List.of(port));
    return new PortTester(host.ports().iterator().next(), now);
  }

  /**
   * Runs a handler.
   *
   * @throws AssertionError when it declines, throws, or writes what it did not declare
   */
  public Decision handler(String name, TestCall call) {
    BoundHandler handler = port.handler(name);
    if (handler == null) {
      throw new AssertionError("the port has no handler \"" + name + "\"");
    }
    CallOutcome outcome = handler.invoke(handler.extract(call), capabilities);
    return switch (outcome) {
      case CallOutcome.Decided(Decision decision) -> decision;
      case CallOutcome.Answered _ -> throw new AssertionError("a handler answered results");
      case CallOutcome.Fallback(String reason, Throwable cause) ->
          throw new AssertionError("fell back to Lua: " + reason, cause);
    };
  }

  /** Runs a function on Lua's arguments; a fallback is an {@link AssertionError}. */
  public Results function(String name, @Nullable Object... arguments) {
    BoundFunction function = port.function(name);
    if (function == null) {
      throw new AssertionError("the port has no function \"" + name + "\"");
    }
    List<@Nullable Object> list = new ArrayList<>();
    Collections.addAll(list, arguments);
    CallOutcome outcome = function.invoke(list, capabilities);
    return switch (outcome) {
      case CallOutcome.Answered(Results results) -> results;
      case CallOutcome.Decided _ -> throw new AssertionError("a function decided");
      case CallOutcome.Fallback(String reason, Throwable cause) ->
          throw new AssertionError("fell back to Lua: " + reason, cause);
    };
  }
}
