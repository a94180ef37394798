package dev.banyan.gateway;

import dev.banyan.api.FailMode;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.Way;
import dev.banyan.gateway.path.NewPath;
import dev.banyan.gateway.path.PathShadow;
import dev.banyan.gateway.path.PipelineRule;
import dev.banyan.gateway.path.Pipelines;
import dev.banyan.gateway.seam.HostSeam;
import dev.banyan.gateway.seam.ModulePolicy;
import dev.banyan.gateway.seam.SeamEvents;
import dev.banyan.gateway.seam.ShadowOptions;
import dev.banyan.gateway.seam.ShadowSample;
import dev.banyan.gateway.seam.WholeCalls;
import dev.banyan.host.Breaker;
import dev.banyan.host.CallGuards;
import dev.banyan.host.CallRules;
import dev.banyan.host.InstalledPorts;
import dev.banyan.host.ModuleHost;
import dev.banyan.lua.seam.ModuleCall;
import dev.banyan.nginx.script.LuaPhase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** For any thread: a gateway whose Lua module {@code m} has a port, and what was told of it. */
final class Seamed implements AutoCloseable, SeamEvents {
  /** As by default, but with time for each call on a machine with other work. */
  private static final CallRules PATIENT =
      new CallRules(
          CallRules.DEFAULT.failMode(),
          Duration.ofSeconds(30),
          CallRules.DEFAULT.maxConcurrent(),
          CallRules.DEFAULT.breaker());

  /** As by default. */
  private static final Duration PATIENCE = Duration.ofMillis(2);

  final List<String> told = new CopyOnWriteArrayList<>();
  final List<Thread> held = new CopyOnWriteArrayList<>();
  final List<ShadowSample> samples = new CopyOnWriteArrayList<>();
  final CallGuards guards;
  final InstalledPorts installed;
  volatile boolean full;
  private final Served served;

  private Seamed(
      Path prefix,
      Way way,
      List<Port> ports,
      CallRules rules,
      String lua,
      String http,
      String server) {
    this(prefix, () -> (_, _) -> way, ports, rules, lua, http, server, List.of(), null);
  }

  private Seamed(
      Path prefix,
      ModulePolicy policy,
      List<Port> ports,
      CallRules rules,
      String lua,
      String http,
      String server,
      List<PipelineRule> pipeline,
      @Nullable PathShadow shadow) {
    try {
      Files.createDirectories(prefix.resolve("lua"));
      if (!lua.isEmpty()) {
        Files.writeString(prefix.resolve("lua/m.lua"), lua, StandardCharsets.ISO_8859_1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.guards = new CallGuards(_ -> rules, System::nanoTime, new Told());
    this.installed = new InstalledPorts(ModuleHost.of(ports));
    HostSeam seam =
        new HostSeam(
            installed,
            policy,
            guards,
            this,
            _ -> lua.isEmpty(),
            new ShadowOptions(
                List.of("tier", "nothing"),
                WholeCalls.NONE,
                true,
                _ -> () -> false,
                PATIENCE.toNanos()));
    String path = "lua_package_path '" + prefix.resolve("lua") + "/?.lua;;'; ";
    NewPath without =
        new NewPath(
            conf -> Pipelines.of(pipeline, conf.http()),
            reasons -> {
              if (!pipeline.isEmpty()) {
                told.add(reasons.isEmpty() ? "without Lua" : "in Lua: " + reasons);
              }
            },
            shadow);
    this.served = Served.server(prefix, path + http, server, seam, without);
  }

  /** Serves with the ports in charge and without Lua where a pipeline is declared. */
  static Seamed without(
      Path prefix,
      ModulePolicy policy,
      List<Port> ports,
      CallRules rules,
      String lua,
      String http,
      String server,
      List<PipelineRule> pipeline) {
    return new Seamed(prefix, policy, ports, rules, lua, http, server, pipeline, null);
  }

  /** Serves with Lua in charge and runs each request through the path without it afterwards. */
  static Seamed pathShadow(
      Path prefix,
      Port port,
      String lua,
      String http,
      String server,
      List<PipelineRule> pipeline,
      PathShadow shadow) {
    return new Seamed(
        prefix,
        () -> (_, _) -> Way.LUA,
        List.of(port),
        PATIENT,
        lua,
        http,
        server,
        pipeline,
        shadow);
  }

  /** Serves with the port alone: there is no Lua file. */
  static Seamed alone(Path prefix, Port port, CallRules rules, String http, String server) {
    return new Seamed(prefix, Way.JAVA, List.of(port), rules, "", http, server);
  }

  /** A rule for a handler outside of any location. */
  static PipelineRule rule(LuaPhase phase, String... calls) {
    return placed(phase, null, null, calls);
  }

  /** A rule for a handler of a location or an upstream. */
  static PipelineRule placed(
      LuaPhase phase, @Nullable String location, @Nullable String upstream, String... calls) {
    List<PipelineRule.Call> targets =
        Stream.of(calls).map(c -> new PipelineRule.Call(ModuleCall.parse(c), 1)).toList();
    return new PipelineRule(
        phase, null, location, upstream, phase == LuaPhase.SET ? "v" : null, targets, 1);
  }

  /** Serves with the port in charge. */
  static Seamed java(Path prefix, Port port, String lua, String http, String server) {
    return new Seamed(prefix, Way.JAVA, List.of(port), PATIENT, lua, http, server);
  }

  /** Serves with the port in charge under these rules. */
  static Seamed java(
      Path prefix, Port port, CallRules rules, String lua, String http, String server) {
    return new Seamed(prefix, Way.JAVA, List.of(port), rules, lua, http, server);
  }

  /** Serves with Lua in charge and the port shadowed. */
  static Seamed shadow(Path prefix, Port port, String lua, String http, String server) {
    return shadow(prefix, List.of(port), lua, http, server);
  }

  /** Serves with Lua in charge and all ports shadowed. */
  static Seamed shadow(Path prefix, List<Port> ports, String lua, String http, String server) {
    return new Seamed(prefix, Way.SHADOW, ports, PATIENT, lua, http, server);
  }

  /** Rules with this fail mode and deadline, and a breaker that a lone failure doesn't open. */
  static CallRules rules(FailMode mode, Duration deadline) {
    return new CallRules(mode, deadline, 8, new Breaker.Rules(1, 1_000, Duration.ofMinutes(1), 1));
  }

  /** Notes overruns. */
  private final class Told implements CallGuards.Alarm {
    @Override
    public void overran(
        String module, String function, Duration took, List<StackTraceElement> stack) {
      told.add("overran " + module + "." + function + " at " + stack);
    }

    @Override
    public void holds(String module, String function, Thread worker) {
      held.add(worker);
    }
  }

  Served served() {
    return served;
  }

  /** The body of a GET. */
  String get(String target, String... fields) {
    String response = served.get(target, fields);
    String body = Served.body(response);
    return response.contains("Transfer-Encoding: chunked")
        ? body.replaceAll("(?m)^[0-9a-f]+\r\n", "").replace("\r\n", "")
        : body;
  }

  /** The samples, once there are {@code count}. */
  List<ShadowSample> samples(int count) throws InterruptedException {
    for (int i = 0; i < 500 && samples.size() < count; i++) {
      Thread.sleep(Duration.ofMillis(10));
    }
    return samples;
  }

  @Override
  public Answers answers(String module) {
    return (function, by, _) -> told.add(by + " answered " + function);
  }

  @Override
  public void fellBack(String module, String function, String reason, @Nullable Throwable cause) {
    told.add("fell back: " + reason);
  }

  @Override
  public void failed(
      String module, String function, FailMode mode, String reason, @Nullable Throwable cause) {
    told.add("failed " + mode.label() + ": " + reason);
  }

  @Override
  public void timerFailed(String module, String timer, String reason, @Nullable Throwable cause) {
    told.add("timer " + timer + " failed: " + reason);
  }

  @Override
  public void missing(String module, String function) {
    told.add("missing " + function);
  }

  @Override
  public void otherPhase(String module, String function, Phase phase) {
    told.add(function + " is called in " + phase.luaName());
  }

  @Override
  public void differs(String module, String constant) {
    told.add("differs " + constant);
  }

  @Override
  public void mirrorFailed(String module, String function, String reason) {
    told.add("mirror failed: " + reason);
  }

  @Override
  public void counted(String module, String counter, long by) {
    told.add("counted " + counter + " " + by);
  }

  @Override
  public boolean admits(String module, boolean late) {
    if (late) {
      told.add("late");
    }
    return !full && !late;
  }

  @Override
  public void shadowed(ShadowSample sample) {
    samples.add(sample);
  }

  @Override
  public void skipped(String module, String function, String reason) {
    told.add("skipped: " + reason);
  }

  @Override
  public void close() {
    served.close();
  }
}
