package dev.banyan.server.serve;

import dev.banyan.gateway.Gateway;
import dev.banyan.gateway.GatewayException;
import dev.banyan.gateway.GatewayOptions;
import dev.banyan.gateway.path.NewPath;
import dev.banyan.gateway.seam.HostSeam;
import dev.banyan.host.CallGuards;
import dev.banyan.host.CallRules;
import dev.banyan.host.InstalledPorts;
import dev.banyan.host.ModuleHost;
import dev.banyan.nginx.NginxConf;
import dev.banyan.router.parity.ParityBook;
import dev.banyan.router.parity.ParitySettings;
import dev.banyan.router.parity.Redactor;
import dev.banyan.server.admin.AdminToken;
import dev.banyan.server.admin.ControlRoom;
import dev.banyan.server.check.ConfigCheck;
import dev.banyan.server.check.PipelineCheck;
import dev.banyan.server.check.RetiredCheck;
import dev.banyan.server.check.VariableCheck;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.config.ConfigInForce;
import dev.banyan.server.config.ConfigProblem;
import dev.banyan.server.config.ModuleConfig;
import dev.banyan.server.config.ShadowConfig;
import dev.banyan.server.figures.Figures;
import dev.banyan.server.figures.History;
import dev.banyan.server.figures.MismatchFigures;
import dev.banyan.server.figures.PathCounts;
import dev.banyan.server.figures.PortFigures;
import dev.banyan.server.figures.Readiness;
import dev.banyan.server.flags.FlagStore;
import dev.banyan.server.inventory.LegacyInventory;
import dev.banyan.server.inventory.LiveUsage;
import dev.banyan.server.learn.Learner;
import dev.banyan.server.lines.LiveCoverage;
import dev.banyan.server.progress.ProgressFigures;
import dev.banyan.server.progress.ProgressRecorder;
import dev.banyan.server.retire.Retirement;
import dev.banyan.server.routing.FlaggedPolicy;
import dev.banyan.server.routing.ShadowObserver;
import dev.banyan.server.samples.SampleStore;
import dev.banyan.server.shadow.ShadowExecutor;
import dev.banyan.server.traces.TraceCounts;
import dev.banyan.server.traces.TraceRules;
import dev.banyan.server.traces.Traces;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owned by the thread that starts a Banyan: its parts, made from the configuration in the order in
 * which they need each other, and tied together once the gateway serves.
 *
 * <p>No traffic is served before {@link #start}; what was made is closed by the {@link Parts} that
 * the start was given, whether it succeeds or not.
 */
final class Assembly {
  private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);

  private final Clock clock = Clock.systemUTC();
  private final BanyanConfig config;
  private final ConfigInForce inForce;
  private final ConfSource source;
  private final NginxConf conf;
  private final @Nullable PidFile pidFile;
  private final InstalledPorts installed;
  private final FlagStore flags;
  private final RetiredModules retired;
  private final ParityBook parity;
  private final PathCounts paths = new PathCounts();
  private final Learner learner;
  private final ProgressRecorder progress;
  private final @Nullable Traces traces;
  private final Readiness readiness = new Readiness();
  private final AdminToken token;
  private final SampleStore samples;
  private final Observing observing;
  private final ShadowExecutor shadow;
  private final ShadowObserver observer;
  private final Overruns overruns;
  private final CallGuards guards;
  private final LegacyInventory inventory;
  private final LiveUsage usage;
  private final LiveCoverage coverage;
  private final AdminPlace admin;
  private final Predecessor former;
  private final PipelinesInForce pipelines;

  /**
   * Makes the parts.
   *
   * @param former who serves until this one does
   * @param listening takes what hears of the gateway, and is closed before it
   * @param parts takes what is closed behind the gateway
   * @throws ConfigException with everything that is wrong
   */
  Assembly(BanyanConfig config, Predecessor former, Parts listening, Parts parts) {
    this.config = config;
    this.former = former;
    ModuleHost host = ConfigCheck.host(config);
    this.inForce = new ConfigInForce(config);
    this.source = new ConfSource(config.conf(), config.prefix(), "");
    this.conf = source.load();
    PipelineCheck.require(config, conf, host);
    ConfigCheck.expiredRules(config, LocalDate.now(ZoneOffset.UTC))
        .forEach(expired -> LOG.warn("{}", expired));
    VariableCheck.of(config, conf).forEach(unknown -> LOG.warn("{}", unknown));
    this.pidFile = PidFile.claim(source, conf);
    this.installed = new InstalledPorts(host);
    this.flags = flags(config, host);
    Set<String> alone = RetiredCheck.require(config, source, host, flags.current());
    flags.policy(PortReload.policy(config, host, alone));
    this.retired = new RetiredModules(alone);
    this.parity =
        new ParityBook(
            config.modules().keySet(), clock, paritySettings(config), config.parity().pathRules());
    this.learner = new Learner(source, flags, clock);
    listening.closeBy(learner::close);
    this.progress =
        new ProgressRecorder(
            new ProgressRecorder.Sources(
                flags, parity, paths, installed::current, retired::contains, learner::report),
            config.stateDir(),
            clock);
    parts.closeBy(progress::close);
    TraceRules traced = config.traces();
    this.traces = traced == null ? null : Traces.start(traced, parity.redactor(), clock);
    if (traces != null) {
      parts.closeBy(traces::close);
    }
    this.token = token(config);
    this.samples =
        new SampleStore(
            config.stateDir().resolve("samples"),
            config.parity().store(),
            one -> MismatchFigures.mismatch(one, parity.noise(one.module())),
            clock);
    parts.closeBy(samples::close);
    this.observing = new Observing(inForce, source, parity, samples);
    parts.closeBy(observing::close);
    ShadowConfig limits = config.shadow();
    this.shadow = new ShadowExecutor(limits.threads(), limits.queue(), limits.niceness());
    parts.closeBy(shadow::close);
    this.observer = new ShadowObserver(parity, shadow, observing, traces);
    this.overruns = new Overruns(observer, flags);
    this.guards =
        new CallGuards(module -> rules(inForce.get(), module), System::nanoTime, overruns);
    this.inventory = new LegacyInventory(source, clock);
    this.usage = new LiveUsage(inventory);
    listening.closeBy(usage::close);
    this.coverage = new LiveCoverage();
    listening.closeBy(coverage::close);
    this.admin = new AdminPlace(config, token, room());
    parts.closeBy(admin::close);
    if (!former.isProcess()) {
      admin.open();
    }
    CallWatch watch = new CallWatch(guards);
    parts.closeBy(watch::close);
    this.pipelines = new PipelinesInForce(config.pipeline());
  }

  /**
   * Opens the gateway, and what follows it; the gateway.
   *
   * @param idleTask as {@link GatewayOptions#idleTask}
   */
  Gateway start(@Nullable Runnable idleTask) throws GatewayException {
    Gateway gateway =
        Gateway.start(
            conf,
            GatewayOptions.defaults()
                .withSeam(seam())
                .withPath(path())
                .withTracing(traces)
                .withInherited(former.sockets())
                .withIdleTask(idleTask));
    try {
      takeOver(gateway);
      return gateway;
    } catch (RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  /** Takes what only one process may hold, and serves. */
  private void takeOver(Gateway gateway) throws GatewayException {
    former.awaitLettingGo();
    if (former.isProcess()) {
      flags.reread();
      progress.reread();
      admin.openBehind();
    }
    paths.countEntries(gateway::luaEntries);
    overruns.serve(gateway);
    learner.serve(gateway);
    usage.serve(gateway);
    coverage.serve(gateway);
    observing.lines().serve(gateway);
    progress.start();
    gateway.accept();
    if (pidFile != null) {
      pidFile.write();
    }
    readiness.ready();
    former.serving();
    if (former.isProcess()) {
      flags.handedOver(former.pid(), ProcessHandle.current().pid());
    }
  }

  private HostSeam seam() {
    return new HostSeam(
        installed,
        new FlaggedPolicy(flags),
        guards,
        observer,
        retired::contains,
        observing.options(config));
  }

  private NewPath path() {
    return new NewPath(pipelines, paths::served, observing.path(config.parity(), parity, shadow));
  }

  private ControlRoom room() {
    PortFigures ports = new PortFigures(installed::current, guards);
    Figures figures =
        new Figures(
            inForce, flags, parity, shadow, readiness, ports, paths, samples::counts, clock);
    Retirement retirement =
        new Retirement(
            inForce, source, flags, installed::current, retired::contains, progress, clock);
    return new ControlRoom(
        flags,
        parity,
        shadow,
        figures,
        new History(parity, clock),
        paths,
        samples::counts,
        traces == null ? () -> TraceCounts.NONE : traces::counts,
        readiness,
        learner,
        new ProgressFigures(progress, clock),
        inventory,
        usage,
        retirement,
        observing.reproducers(),
        observing.pathReproducers(),
        observing.lines(),
        coverage);
  }

  ConfSource source() {
    return source;
  }

  @Nullable PidFile pidFile() {
    return pidFile;
  }

  /** What puts other ports in force. */
  PortReload ports() {
    return new PortReload(inForce, source, retired, installed, flags, parity, pipelines);
  }

  PortWatch portWatch() {
    return new PortWatch(inForce);
  }

  Learner learner() {
    return learner;
  }

  LiveUsage usage() {
    return usage;
  }

  LiveCoverage coverage() {
    return coverage;
  }

  Observing observing() {
    return observing;
  }

  AdminPlace admin() {
    return admin;
  }

  FlagStore flags() {
    return flags;
  }

  ProgressRecorder progress() {
    return progress;
  }

  AdminToken token() {
    return token;
  }

  Readiness readiness() {
    return readiness;
  }

  private static CallRules rules(BanyanConfig config, String module) {
    ModuleConfig configured = config.modules().get(module);
    return configured == null ? CallRules.DEFAULT : configured.rules();
  }

  private static ParitySettings paritySettings(BanyanConfig config) {
    return new ParitySettings(
        config.parity().target(),
        config.shadow().samples(),
        config.modules().values().stream()
            .collect(Collectors.toMap(ModuleConfig::name, ModuleConfig::parityRules)),
        redactor(config));
  }

  private static Redactor redactor(BanyanConfig config) {
    return Redactor.withFreshKey(config.parity().secretNames(), config.parity().bodies());
  }

  private static FlagStore flags(BanyanConfig config, ModuleHost host) {
    return FlagStore.open(
        config.stateDir(),
        PortReload.policy(config, host, Set.of()),
        config.modules().values().stream().map(ModuleConfig::initial).toList(),
        Clock.systemUTC());
  }

  private static AdminToken token(BanyanConfig config) {
    try {
      return AdminToken.loadOrCreate(config.admin().tokenFile());
    } catch (IOException e) {
      throw problem(config, "the admin token can't be had: " + e.getMessage());
    }
  }

  private static ConfigException problem(BanyanConfig config, String message) {
    return new ConfigException(List.of(new ConfigProblem(config.file(), 0, message)));
  }
}
