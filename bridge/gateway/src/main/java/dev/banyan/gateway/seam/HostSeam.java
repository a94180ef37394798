package dev.banyan.gateway.seam;

import dev.banyan.api.Phase;
import dev.banyan.api.Way;
import dev.banyan.gateway.trace.RequestTrace;
import dev.banyan.host.BoundHandler;
import dev.banyan.host.BoundPort;
import dev.banyan.host.BoundTarget;
import dev.banyan.host.CallGuards;
import dev.banyan.host.CallOutcome;
import dev.banyan.host.CallRules;
import dev.banyan.host.Capabilities;
import dev.banyan.host.InstalledPorts;
import dev.banyan.host.ModuleHost;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.seam.CallList;
import dev.banyan.lua.seam.SeamCall;
import dev.banyan.lua.seam.SeamReply;
import dev.banyan.lua.seam.SeamSwitch;
import dev.banyan.lua.seam.Selection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Thread-safe: answers calls at the seam with the ports of a module host. */
public final class HostSeam implements SeamSwitch {
  private static final SeamReply CALL_LUA = new SeamReply.CallLua();

  private final InstalledPorts installed;
  private final ModulePolicy policy;
  private final CallGuards guards;
  private final SeamEvents events;
  private final Shadowing shadowing;
  private final Predicate<String> alone;

  private final Set<Strayed> strayed = ConcurrentHashMap.newKeySet();

  /** A call of a handler in a phase that its port doesn't name; there are as many as can be. */
  private record Strayed(String module, String function, Phase phase) {}

  /** Joins these, with ports that stay and calls guarded by {@link CallRules#DEFAULT}. */
  public HostSeam(ModuleHost host, ModulePolicy policy, SeamEvents events) {
    this(
        new InstalledPorts(host),
        policy,
        new CallGuards(_ -> CallRules.DEFAULT, System::nanoTime, (_, _, _, _) -> {}),
        events);
  }

  /** Joins these four; shadowed calls are told apart by no variable. */
  public HostSeam(
      InstalledPorts installed, ModulePolicy policy, CallGuards guards, SeamEvents events) {
    this(installed, policy, guards, events, _ -> false, ShadowOptions.PLAIN);
  }

  /**
   * Joins these.
   *
   * @param alone modules without a Lua file, which Java answers for everyone; asked from any thread
   * @param options what is noted of shadowed calls
   */
  public HostSeam(
      InstalledPorts installed,
      ModulePolicy policy,
      CallGuards guards,
      SeamEvents events,
      Predicate<String> alone,
      ShadowOptions options) {
    this.installed = installed;
    this.policy = policy;
    this.guards = guards;
    this.events = events;
    this.alone = alone;
    this.shadowing = new Shadowing(options, events);
  }

  @Override
  public boolean alone(String module) {
    return alone.test(module);
  }

  @Override
  public Object pin(long waited) {
    return new Pinned(policy.pin(), installed.current(), shadowing.isLate(waited));
  }

  /** The seam through which a request's calls go. */
  static HostSeam of(SeamCall call) {
    if (call.request().seamPlan() instanceof Pinned pinned) {
      return pinned.seam();
    }
    throw new IllegalStateException(call.module() + " was not called through the seam");
  }

  /** Owned by one request: its frozen decisions, and the ports that it began with. */
  private final class Pinned {
    private final ModulePolicy.Plan plan;
    private final ModuleHost host;
    private final boolean late;
    private @Nullable RequestNotes notes;

    Pinned(ModulePolicy.Plan plan, ModuleHost host, boolean late) {
      this.plan = plan;
      this.host = host;
      this.late = late;
    }

    HostSeam seam() {
      return HostSeam.this;
    }

    ModulePolicy.Plan plan() {
      return plan;
    }

    ModuleHost host() {
      return host;
    }
  }

  /** What is noted of a request once, for all of its shadowed calls. */
  private static RequestNotes notes(RequestHost request) {
    if (!(request.seamPlan() instanceof Pinned pinned)) {
      return new RequestNotes(request);
    }
    RequestNotes known = pinned.notes;
    if (known == null) {
      known = new RequestNotes(request);
      pinned.notes = known;
    }
    return known;
  }

  /** The ports that a request began with, by what was pinned; null when it wasn't this seam. */
  static @Nullable ModuleHost host(@Nullable Object plan) {
    return plan instanceof Pinned pinned ? pinned.host() : null;
  }

  /** What is called, as the request began with it; null when no plan was pinned for it. */
  private @Nullable Callee callee(SeamCall call) {
    return call.request().seamPlan() instanceof Pinned pinned
        ? Callee.of(this, pinned.host(), call.site())
        : null;
  }

  /** What is called, where {@link #answers} has said that there is something. */
  Callee called(SeamCall call) {
    Callee callee = callee(call);
    if (callee == null) {
      throw new IllegalStateException("no port of " + call.module());
    }
    return callee;
  }

  @Override
  public Set<String> ported(String module) {
    BoundPort port = installed.current().port(module);
    return port == null ? Set.of() : port.names();
  }

  @Override
  public Set<String> mirrored(String module) {
    BoundPort port = installed.current().port(module);
    return port == null ? Set.of() : port.mirrors().keySet();
  }

  @Override
  public void mirror(
      String module, String function, List<@Nullable Object> arguments, String prefix) {
    installed
        .mirror(module, function, arguments, Path.of(prefix))
        .ifPresent(reason -> events.mirrorFailed(module, function, reason));
  }

  @Override
  public Map<String, List<String>> methods(String module) {
    BoundPort port = installed.current().port(module);
    Map<String, List<String>> makers = new TreeMap<>();
    if (port != null) {
      port.methods().forEach((name, method) -> makers.put(name, method.makers()));
    }
    return makers;
  }

  @Override
  public Map<String, Object> constants(String module) {
    BoundPort port = installed.current().port(module);
    return port == null ? Map.of() : port.constants();
  }

  @Override
  public void differs(String module, String constant) {
    events.differs(module, constant);
  }

  @Override
  public void missing(String module, String function) {
    events.missing(module, function);
  }

  @Override
  public Way way(SeamCall call) {
    if (!(call.request().seamPlan() instanceof Pinned pinned)) {
      return Way.LUA;
    }
    ModulePolicy.Plan plan = pinned.plan();
    Way way = Callee.of(this, pinned.host(), call.site()).way(plan.settled());
    if (way == null) {
      way = plan.known(call.module());
    }
    return way != null ? way : plan.way(call.module(), new LiveCall(call, false));
  }

  @Override
  public Way expected(SeamCall call) {
    return call.request().seamPlan() instanceof Pinned pinned
        ? pinned.plan().expected(call.module(), new LiveCall(call, false))
        : Way.LUA;
  }

  @Override
  public @Nullable Selection select(CallList pipeline, SeamCall call) {
    return call.request().seamPlan() instanceof Pinned pinned
        ? PipelineSteps.of(pipeline, call.request().phase(), pinned.host())
            .select(pinned.plan(), call)
        : null;
  }

  @Override
  public boolean answers(SeamCall call) {
    Callee callee = callee(call);
    if (callee == null) {
      return false;
    }
    BoundHandler handler = callee.handler();
    if (handler == null) {
      return callee.isPorted();
    }
    Phase phase = call.request().phase();
    boolean meant = handler.in(phase);
    if (!meant && strayed.add(new Strayed(call.module(), call.function(), phase))) {
      events.otherPhase(call.module(), call.function(), phase);
    }
    return meant;
  }

  @Override
  public SeamReply java(SeamCall call) {
    Callee callee = called(call);
    if (!callee.isMeant(call)) {
      return NextReply.REPLY;
    }
    BoundTarget target = callee.target();
    CallGuards.Guarded guarded = callee.enter();
    String refusal = guarded.refusal();
    if (refusal != null) {
      events.fellBack(call.module(), call.function(), refusal, null);
      return luas(call);
    }
    LiveWorld world = target.opensDoors() ? new LiveWorld(call, events, guarded) : null;
    boolean failed = false;
    CallOutcome outcome;
    boolean late;
    long nanos;
    try {
      outcome = run(target, call, world);
      failed = outcome instanceof CallOutcome.Fallback fallback && fallback.failure();
    } finally {
      late = guarded.leave(failed);
      nanos = guarded.nanos();
      if (world != null) {
        world.close();
      }
    }
    if (late && (world == null || !world.committed())) {
      return new LiveFallback(this, call, world).failed("the deadline was missed", null);
    }
    return switch (outcome) {
      case CallOutcome.Decided(var decision) ->
          new LiveAnswer.Decided(call, world, nanos, decision);
      case CallOutcome.Answered(var value) -> new LiveAnswer.Returned(call, world, nanos, value);
      case CallOutcome.Fallback fallback -> new LiveFallback(this, call, world).fellBack(fallback);
    };
  }

  /** What stands for Lua's answer: Lua itself, as long as there is any. */
  SeamReply luas(SeamCall call) {
    return alone.test(call.module())
        ? LiveFallback.withoutLua(guards.rules(call.module()).failMode())
        : CALL_LUA;
  }

  /**
   * Whether the port is about this request; its plain functions always are.
   *
   * @param detached whether nothing may be read that isn't at hand, as the call is shadowed
   */
  static boolean meant(BoundPort port, BoundTarget target, SeamCall call, boolean detached) {
    return port.relevance().always()
        || !(target instanceof BoundHandler)
        || port.relevance().holds(new LiveCall(call, detached));
  }

  CallGuards guards() {
    return guards;
  }

  ShadowOptions shadowOptions() {
    return shadowing.options();
  }

  SeamEvents events() {
    return events;
  }

  static CallOutcome run(BoundTarget target, SeamCall call, @Nullable Capabilities world) {
    return target.readsInput()
        ? target.answer(new LiveCall(call, false), call.arguments(), world)
        : target.invoke(BoundTarget.WITHOUT_INPUT, call.arguments(), world);
  }

  @Override
  public @Nullable Shadow shadow(SeamCall call) {
    boolean late = call.request().seamPlan() instanceof Pinned pinned && pinned.late;
    if (!events.admits(call.module(), late)) {
      return null;
    }
    try {
      return shadowing.of(call, called(call), notes(call.request()));
    } catch (RuntimeException | StackOverflowError e) {
      events.skipped(call.module(), call.function(), "input: " + e.getMessage());
      return null;
    }
  }

  @Override
  public boolean watchesLines() {
    return shadowing.watchesLines();
  }

  @Override
  public void answered(SeamCall call, Way by, long nanos) {
    Callee callee = callee(call);
    SeamEvents.Answers answers = callee == null ? events.answers(call.module()) : callee.answers();
    answers.answered(call.function(), by, nanos);
    if (call.request().trace() instanceof RequestTrace trace) {
      trace.called(call.module(), call.function(), by, nanos);
    }
  }
}
