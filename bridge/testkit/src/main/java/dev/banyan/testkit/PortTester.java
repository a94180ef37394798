package dev.banyan.testkit;

import dev.banyan.api.Decision;
import dev.banyan.api.Port;
import dev.banyan.api.Results;
import dev.banyan.host.BoundFunction;
import dev.banyan.host.BoundHandler;
import dev.banyan.host.BoundPort;
import dev.banyan.host.CallOutcome;
import dev.banyan.host.ModuleHost;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a port as the module host does: bound, with its inputs extracted and its writes checked. */
public final class PortTester {
  private final ModuleHost host;
  private final BoundPort port;
  private final TestWorld world;

  private PortTester(ModuleHost host, BoundPort port, Instant now) {
    this.host = host;
    this.port = port;
    this.world = new TestWorld(now);
  }

  /** The world that the port sees: dicts, random numbers, HTTP answers, what it logged. */
  public TestWorld world() {
    return world;
  }

  /** Binds a port whose clock stands at {@code now}. */
  public static PortTester of(Port port, Instant now) {
    ModuleHost host = ModuleHost.of(List.of(port));
    return new PortTester(host, host.ports().iterator().next(), now);
  }

  /**
   * Runs a handler.
   *
   * @throws AssertionError when it declines, throws, or writes what it did not declare
   */
  public Decision handler(String name, TestCall call, @Nullable Object... arguments) {
    BoundHandler handler = port.handler(name);
    if (handler == null) {
      throw new AssertionError("the port has no handler \"" + name + "\"");
    }
    CallOutcome outcome = handler.invoke(handler.extract(call), list(arguments), world);
    return switch (outcome) {
      case CallOutcome.Decided(Decision decision) -> decision;
      case CallOutcome.Answered _ -> throw new AssertionError("a handler answered results");
      case CallOutcome.Fallback(String reason, Throwable cause) ->
          throw new AssertionError("fell back to Lua: " + reason, cause);
    };
  }

  /** Runs a function on Lua's arguments; a fallback is an {@link AssertionError}. */
  public Results function(String name, @Nullable Object... arguments) {
    return function(name, TestCall.get("/"), arguments);
  }

  /** Runs a function, or with a colon before its name a method, in a request. */
  public Results function(String name, TestCall call, @Nullable Object... arguments) {
    BoundFunction function = port.function(name);
    if (function == null) {
      throw new AssertionError("the port has no function \"" + name + "\"");
    }
    CallOutcome outcome = function.invoke(function.extract(call), list(arguments), world);
    return switch (outcome) {
      case CallOutcome.Answered answered -> answered.results();
      case CallOutcome.Decided _ -> throw new AssertionError("a function decided");
      case CallOutcome.Fallback(String reason, Throwable cause) ->
          throw new AssertionError("fell back to Lua: " + reason, cause);
    };
  }

  /**
   * Runs a mirrored function, which may read files beneath {@code folder}.
   *
   * @throws AssertionError when it fails
   */
  public void mirror(String name, Path folder, @Nullable Object... arguments) {
    host.mirror(port.module(), name, list(arguments), folder)
        .ifPresent(reason -> {
          throw new AssertionError(reason);
        });
  }

  private static List<@Nullable Object> list(@Nullable Object... arguments) {
    List<@Nullable Object> list = new ArrayList<>();
    for (Object argument : arguments) {
      list.add(
          switch (argument) {
            case null -> null;
            case Number number -> number.doubleValue();
            case Object value -> TestCall.view(value);
          });
    }
    return list;
  }
}
