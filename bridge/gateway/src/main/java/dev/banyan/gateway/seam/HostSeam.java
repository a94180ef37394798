package dev.banyan.gateway.seam;

import dev.banyan.api.Way;
import dev.banyan.host.BoundFunction;
import dev.banyan.host.BoundHandler;
import dev.banyan.host.BoundPort;
import dev.banyan.host.CallOutcome;
import dev.banyan.host.Capabilities;
import dev.banyan.host.ModuleHost;
import dev.banyan.host.WriteRules;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.seam.Observed;
import dev.banyan.lua.seam.SeamCall;
import dev.banyan.lua.seam.SeamReply;
import dev.banyan.lua.seam.SeamSwitch;
import dev.banyan.lua.seam.Watched;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Thread-safe: answers calls at the seam with the ports of a module host. */
public final class HostSeam implements SeamSwitch {
  private static final List<String> FACTS =
      List.of("request_method", "request_uri", "host", "request_id", "remote_addr");

  private final ModuleHost host;
  private final ModulePolicy policy;
  private final SeamEvents events;
  private final Capabilities live = new Capabilities(Clock.systemUTC());

  /** Joins these three. */
  public HostSeam(ModuleHost host, ModulePolicy policy, SeamEvents events) {
    this.host = host;
    this.policy = policy;
    this.events = events;
  }

  @Override
  public Object pin() {
    return policy.pin();
  }

  @Override
  public Set<String> ported(String module) {
    BoundPort port = host.port(module);
    return port == null ? Set.of() : port.names();
  }

  @Override
  public void missing(String module, String function) {
    events.missing(module, function);
  }

  @Override
  public Way way(SeamCall call) {
    return call.request().seamPlan() instanceof ModulePolicy.Plan plan
        ? plan.way(call.module(), new LiveCall(call, false))
        : Way.LUA;
  }

  @Override
  public boolean answers(SeamCall call) {
    BoundPort port = host.port(call.module());
    if (port == null) {
      return false;
    }
    BoundHandler handler = port.handler(call.function());
    return handler == null
        ? port.function(call.function()) != null
        : handler.phase() == call.request().phase();
  }

  @Override
  public SeamReply java(SeamCall call) {
    CallOutcome outcome = run(call);
    return switch (outcome) {
      case CallOutcome.Decided(var decision) -> new SeamReply.Decide(decision);
      case CallOutcome.Answered(var results) -> new SeamReply.Return(results);
      case CallOutcome.Fallback(String reason, Throwable cause) -> {
        events.fellBack(call.module(), call.function(), reason, cause);
        yield new SeamReply.CallLua();
      }
    };
  }

  private CallOutcome run(SeamCall call) {
    BoundPort port = port(call);
    BoundHandler handler = port.handler(call.function());
    if (handler != null) {
      return CallOutcome.contain(
          () -> handler.invoke(handler.extract(new LiveCall(call, false)), live));
    }
    return function(port, call).invoke(call.arguments(), live);
  }

  @Override
  public @Nullable Shadow shadow(SeamCall call) {
    try {
      return prepare(call);
    } catch (RuntimeException | StackOverflowError e) {
      events.skipped(call.module(), call.function(), "input: " + e.getMessage());
      return null;
    }
  }

  private Shadow prepare(SeamCall call) {
    BoundPort port = port(call);
    Capabilities journal = new Capabilities(Clock.fixed(Instant.now(), ZoneOffset.UTC));
    Map<String, String> facts = facts(call.request());
    BoundHandler handler = port.handler(call.function());
    if (handler != null) {
      LiveCall view = new LiveCall(call, true);
      @Nullable Object[] early = handler.early(view);
      return new Pending(
          call,
          facts,
          watched(handler.rules()),
          () -> {
            Object input = handler.complete(early, view);
            return () -> handler.invoke(input, journal);
          });
    }
    BoundFunction function = function(port, call);
    List<@Nullable Object> arguments = call.lastingArguments();
    return new Pending(
        call, facts, Watched.NOTHING, () -> () -> function.invoke(arguments, journal));
  }

  @Override
  public void answered(SeamCall call, Way by, long nanos) {
    events.answered(call.module(), call.function(), by, nanos);
  }

  private BoundPort port(SeamCall call) {
    BoundPort port = host.port(call.module());
    if (port == null) {
      throw new IllegalStateException("no port of " + call.module());
    }
    return port;
  }

  private static BoundFunction function(BoundPort port, SeamCall call) {
    BoundFunction function = port.function(call.function());
    if (function == null) {
      throw new IllegalStateException("no function " + call.function());
    }
    return function;
  }

  private static Watched watched(WriteRules rules) {
    return new Watched(
        rules.ctx(), rules.vars(), rules.requestHeaders(), rules.responseHeaders(), rules.uri());
  }

  private static Map<String, String> facts(RequestHost request) {
    Map<String, String> facts = new TreeMap<>();
    for (String name : FACTS) {
      String value = request.variable(name);
      if (value != null) {
        facts.put(name, value);
      }
    }
    return facts;
  }

  /** Makes the candidate's run, once the control is done. */
  @FunctionalInterface
  private interface Completion {
    Supplier<CallOutcome> get();
  }

  /** A shadowed call whose control runs. */
  private final class Pending implements Shadow {
    private final SeamCall call;
    private final Map<String, String> facts;
    private final Watched watched;
    private final Completion completion;

    Pending(SeamCall call, Map<String, String> facts, Watched watched, Completion completion) {
      this.call = call;
      this.facts = facts;
      this.watched = watched;
      this.completion = completion;
    }

    @Override
    public Watched watched() {
      return watched;
    }

    @Override
    public void control(Observed before, Observed after) {
      try {
        Supplier<CallOutcome> run = completion.get();
        events.shadowed(
            new ShadowSample(
                call.module(), call.function(), facts, after, () -> candidate(run, before)));
      } catch (RuntimeException | StackOverflowError e) {
        events.skipped(call.module(), call.function(), "input: " + e.getMessage());
      }
    }
  }

  private static ShadowSample.Candidate candidate(Supplier<CallOutcome> run, Observed before) {
    long start = System.nanoTime();
    CallOutcome outcome = run.get();
    long nanos = System.nanoTime() - start;
    return new ShadowSample.Candidate(outcome, Projection.of(outcome, before), nanos);
  }
}
