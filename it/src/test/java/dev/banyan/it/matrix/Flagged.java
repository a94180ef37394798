package dev.banyan.it.matrix;

import dev.banyan.api.FailMode;
import dev.banyan.api.Mode;
import dev.banyan.gateway.seam.HostSeam;
import dev.banyan.host.Breaker;
import dev.banyan.host.CallGuards;
import dev.banyan.host.CallRules;
import dev.banyan.host.InstalledPorts;
import dev.banyan.host.ModuleHost;
import dev.banyan.router.flags.Assignment;
import dev.banyan.router.flags.FlagPolicy;
import dev.banyan.router.flags.FlagSnapshot;
import dev.banyan.router.flags.Match;
import dev.banyan.router.flags.ModuleFlag;
import dev.banyan.router.flags.ModulePolicy;
import dev.banyan.router.flags.Share;
import dev.banyan.router.flags.Sides;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.ParityBook;
import dev.banyan.router.parity.ParitySettings;
import dev.banyan.router.parity.ParitySnapshot;
import dev.banyan.router.parity.Redactor;
import dev.banyan.server.routing.ShadowObserver;
import dev.banyan.server.shadow.ShadowExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;

/** For any thread: the faulty ports behind real flags, guards, shadow executor and comparison. */
final class Flagged implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int QUEUE = 4_096;
  private static final CallRules RULES =
      new CallRules(
          FailMode.LUA,
          Faults.DEADLINE,
          256,
          new Breaker.Rules(1, Integer.MAX_VALUE, Duration.ZERO, 1));

  private final ParityBook parity;
  private final ShadowExecutor shadow = new ShadowExecutor(2, QUEUE);
  private final FlagPolicy policy;
  private final Watched seam;
  private volatile FlagSnapshot flags = FlagSnapshot.EMPTY;

  Flagged(List<String> modules) {
    parity =
        new ParityBook(
            modules,
            Clock.systemUTC(),
            ParitySettings.of(
                0.99, 10, new Redactor(new byte[32], Set.of(), Redactor.Bodies.HIDDEN)));
    ShadowObserver observer = new ShadowObserver(parity, shadow);
    Map<String, ModulePolicy> policies = new HashMap<>();
    modules.forEach(
        name -> policies.put(name, new ModulePolicy(name, List.of("request_id"), Sides.BOTH)));
    policy = new FlagPolicy(policies, "tenant_id");
    seam =
        new Watched(
            new HostSeam(
                new InstalledPorts(ModuleHost.of(FaultyPorts.all())),
                this::pin,
                new CallGuards(_ -> RULES, Faults::nanos, (_, _, _, _) -> {}),
                observer));
  }

  private dev.banyan.gateway.seam.ModulePolicy.Plan pin() {
    Assignment assignment = new Assignment(flags, policy);
    return (module, call) -> assignment.way(module, call::variable);
  }

  Watched seam() {
    return seam;
  }

  /** Leaves everything to Lua for requests that begin from now on. */
  void leave() {
    flags = FlagSnapshot.EMPTY;
  }

  /** Puts a cell in force; requests and candidates of the one before have ended. */
  void enter(Cell cell) {
    Faults.inForce(cell.fault());
    seam.cell(cell);
    Share share = cell.mode() == Mode.CANARY ? Share.parse("50") : Share.ALL;
    flags =
        FlagSnapshot.EMPTY.with(ModuleFlag.lua(cell.module()).to(cell.mode(), share, Match.ALL));
  }

  /** What was counted of a module, once its candidates have ended. */
  ParitySnapshot figures(String module) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .atMost(PATIENCE)
        .until(() -> shadow.unfinished() == 0);
    ModuleParity page = parity.module(module);
    return Objects.requireNonNull(page, module).snapshot();
  }

  @Override
  public void close() {
    shadow.close();
  }
}
