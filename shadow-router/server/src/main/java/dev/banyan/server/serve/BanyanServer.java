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
import dev.banyan.server.admin.AdminServer;
import dev.banyan.server.admin.AdminToken;
import dev.banyan.server.admin.ControlRoom;
import dev.banyan.server.check.ConfigCheck;
import dev.banyan.server.check.PipelineCheck;
import dev.banyan.server.check.RetiredCheck;
import dev.banyan.server.config.AdminConfig;
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
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For any thread: a whole Banyan, that is a gateway with the seam, flags, shadow and admin
 * listener.
 *
 * <p>Ready once the legacy's {@code init_by_lua} and {@code init_worker_by_lua} have run, every
 * port is bound, and all listeners are open.
 */
public final class BanyanServer implements Serving {
  private static final Logger LOG = LoggerFactory.getLogger(BanyanServer.class);

  private final ConfSource source;
  private final Gateway gateway;
  private final PortReload ports;
  private final PortWatch portWatch;
  private final Learner learner;
  private final LiveUsage usage;
  private final LiveCoverage coverage;
  private final Observing observing;
  private final AdminServer admin;
  private final AdminToken token;
  private final Readiness readiness;
  private final Parts listening;
  private final Parts parts;
  private final @Nullable PidFile pidFile;

  private BanyanServer(
      ConfSource source,
      Gateway gateway,
      PortReload ports,
      PortWatch portWatch,
      Learner learner,
      LiveUsage usage,
      LiveCoverage coverage,
      Observing observing,
      AdminServer admin,
      AdminToken token,
      Readiness readiness,
      Parts listening,
      Parts parts,
      @Nullable PidFile pidFile) {
    this.source = source;
    this.gateway = gateway;
    this.ports = ports;
    this.portWatch = portWatch;
    this.learner = learner;
    this.usage = usage;
    this.coverage = coverage;
    this.observing = observing;
    this.admin = admin;
    this.token = token;
    this.readiness = readiness;
    this.listening = listening;
    this.parts = parts;
    this.pidFile = pidFile;
  }

  /**
   * Starts serving.
   *
   * @throws ConfigException with everything that is wrong; nothing runs then
   */
  public static BanyanServer start(BanyanConfig config) {
    Parts listening = new Parts();
    Parts parts = new Parts();
    try {
      return start(config, listening, parts);
    } catch (RuntimeException e) {
      listening.close();
      parts.close();
      throw e;
    }
  }

  /** The parts that hear of the gateway are closed before it, the others behind it. */
  private static BanyanServer start(BanyanConfig config, Parts listening, Parts parts) {
    ModuleHost host = ConfigCheck.host(config);
    ConfigInForce inForce = new ConfigInForce(config);
    ConfSource source = new ConfSource(config.conf(), config.prefix(), "");
    NginxConf conf = source.load();
    PipelineCheck.require(config, conf, host);
    ConfigCheck.expiredRules(config, LocalDate.now(ZoneOffset.UTC))
        .forEach(expired -> LOG.warn("{}", expired));
    InstalledPorts installed = new InstalledPorts(host);
    FlagStore flags = flags(config, host);
    Set<String> alone = RetiredCheck.require(config, source, host, flags.current());
    flags.policy(PortReload.policy(config, host, alone));
    RetiredModules retired = new RetiredModules(alone);
    ParityBook parity =
        new ParityBook(
            config.modules().keySet(),
            Clock.systemUTC(),
            paritySettings(config),
            config.parity().pathRules());
    PathCounts paths = new PathCounts();
    Learner learner = new Learner(source, flags, Clock.systemUTC());
    listening.closeBy(learner::close);
    ProgressRecorder progress =
        new ProgressRecorder(
            new ProgressRecorder.Sources(
                flags, parity, paths, installed::current, retired::contains, learner::report),
            config.stateDir(),
            Clock.systemUTC());
    parts.closeBy(progress::close);
    TraceRules traced = config.traces();
    Traces traces =
        traced == null ? null : Traces.start(traced, parity.redactor(), Clock.systemUTC());
    if (traces != null) {
      parts.closeBy(traces::close);
    }
    Readiness readiness = new Readiness();
    AdminToken token = token(config);
    SampleStore samples =
        new SampleStore(
            config.stateDir().resolve("samples"),
            config.parity().store(),
            one -> MismatchFigures.mismatch(one, parity.noise(one.module())),
            Clock.systemUTC());
    parts.closeBy(samples::close);
    Observing observing = new Observing(inForce, source, parity, samples);
    parts.closeBy(observing::close);
    ShadowConfig limits = config.shadow();
    ShadowExecutor shadow = new ShadowExecutor(limits.threads(), limits.queue(), limits.niceness());
    parts.closeBy(shadow::close);
    ShadowObserver observer = new ShadowObserver(parity, shadow, observing, traces);
    Overruns overruns = new Overruns(observer, flags);
    CallGuards guards =
        new CallGuards(module -> rules(inForce.get(), module), System::nanoTime, overruns);
    PortFigures ports = new PortFigures(installed::current, guards);
    LegacyInventory inventory = new LegacyInventory(source, Clock.systemUTC());
    LiveUsage usage = new LiveUsage(inventory);
    listening.closeBy(usage::close);
    LiveCoverage coverage = new LiveCoverage();
    listening.closeBy(coverage::close);
    Retirement retirement =
        new Retirement(
            inForce,
            source,
            flags,
            installed::current,
            retired::contains,
            progress,
            Clock.systemUTC());
    AdminServer admin =
        admin(
            config,
            token,
            room(
                inForce,
                flags,
                parity,
                shadow,
                samples,
                traces,
                readiness,
                ports,
                paths,
                learner,
                inventory,
                usage,
                coverage,
                progress,
                retirement,
                observing));
    parts.closeBy(admin::close);
    CallWatch watch = new CallWatch(guards);
    parts.closeBy(watch::close);
    PipelinesInForce pipelines = new PipelinesInForce(config.pipeline());
    try {
      HostSeam seam =
          new HostSeam(
              installed,
              new FlaggedPolicy(flags),
              guards,
              observer,
              retired::contains,
              observing.options(config));
      NewPath path =
          new NewPath(pipelines, paths::served, observing.path(config.parity(), parity, shadow));
      Gateway gateway =
          Gateway.start(
              conf, GatewayOptions.defaults().withSeam(seam).withPath(path).withTracing(traces));
      paths.countEntries(gateway::luaEntries);
      overruns.serve(gateway);
      learner.serve(gateway);
      usage.serve(gateway);
      coverage.serve(gateway);
      observing.lines().serve(gateway);
      progress.start();
      readiness.ready();
      BanyanServer server =
          new BanyanServer(
              source,
              gateway,
              new PortReload(inForce, source, retired, installed, flags, parity, pipelines),
              new PortWatch(inForce),
              learner,
              usage,
              coverage,
              observing,
              admin,
              token,
              readiness,
              listening,
              parts,
              PidFile.write(conf));
      server.portWatch.start(server::reload);
      return server;
    } catch (GatewayException e) {
      throw BareServer.unusable(source, e);
    }
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

  private static ControlRoom room(
      ConfigInForce config,
      FlagStore flags,
      ParityBook parity,
      ShadowExecutor shadow,
      SampleStore samples,
      @Nullable Traces traces,
      Readiness readiness,
      PortFigures ports,
      PathCounts paths,
      Learner learner,
      LegacyInventory inventory,
      LiveUsage usage,
      LiveCoverage coverage,
      ProgressRecorder progress,
      Retirement retirement,
      Observing observing) {
    Clock clock = Clock.systemUTC();
    Figures figures =
        new Figures(config, flags, parity, shadow, readiness, ports, paths, samples::counts, clock);
    History history = new History(parity, clock);
    return new ControlRoom(
        flags,
        parity,
        shadow,
        figures,
        history,
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

  private static AdminToken token(BanyanConfig config) {
    try {
      return AdminToken.loadOrCreate(config.admin().tokenFile());
    } catch (IOException e) {
      throw problem(config, "the admin token can't be had: " + e.getMessage());
    }
  }

  private static AdminServer admin(BanyanConfig config, AdminToken token, ControlRoom room) {
    AdminConfig admin = config.admin();
    try {
      return AdminServer.start(new InetSocketAddress(admin.host(), admin.port()), token, room);
    } catch (IOException e) {
      throw problem(
          config,
          "the admin address "
              + admin.host()
              + ":"
              + admin.port()
              + " can't be had ("
              + e.getMessage()
              + "): stop what listens there or change \"listen\" of \"admin\"");
    }
  }

  private static ConfigException problem(BanyanConfig config, String message) {
    return new ConfigException(List.of(new ConfigProblem(config.file(), 0, message)));
  }

  @Override
  public synchronized void reload() {
    portWatch.reloading();
    NginxConf conf = source.load();
    learner.reloading();
    usage.reloading();
    coverage.reloading();
    ports.reload(
        conf,
        () -> {
          try {
            gateway.reload(conf);
          } catch (GatewayException e) {
            throw BareServer.unusable(source, e);
          }
        });
    observing.reloaded();
  }

  @Override
  public void reopenLogs() {
    gateway.reopenLogs();
  }

  @Override
  public void stop(Duration patience) {
    readiness.unready("stopping");
    portWatch.close();
    listening.close();
    gateway.stop(patience);
    parts.close();
    if (pidFile != null) {
      pidFile.remove();
    }
  }

  @Override
  public List<InetSocketAddress> addresses() {
    return gateway.addresses();
  }

  @Override
  public String eventMethod() {
    return gateway.eventMethod();
  }

  /** Where the admin listener is. */
  public InetSocketAddress adminAddress() {
    return admin.address();
  }

  /** What the admin listener wants to be shown. */
  public AdminToken token() {
    return token;
  }
}
