package dev.banyan.server.admin;

import dev.banyan.host.CallGuards;
import dev.banyan.host.CallRules;
import dev.banyan.host.ModuleHost;
import dev.banyan.router.flags.FlagPolicy;
import dev.banyan.router.flags.ModulePolicy;
import dev.banyan.router.flags.Sides;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.ParityBook;
import dev.banyan.router.parity.ParitySettings;
import dev.banyan.router.parity.Redactor;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ModuleConfig;
import dev.banyan.server.figures.Figures;
import dev.banyan.server.figures.History;
import dev.banyan.server.figures.PathCounts;
import dev.banyan.server.figures.PortFigures;
import dev.banyan.server.figures.Readiness;
import dev.banyan.server.flags.FlagStore;
import dev.banyan.server.inventory.LegacyInventory;
import dev.banyan.server.inventory.LiveUsage;
import dev.banyan.server.learn.Learner;
import dev.banyan.server.lines.LiveCoverage;
import dev.banyan.server.lines.UnreachedLines;
import dev.banyan.server.progress.ProgressFigures;
import dev.banyan.server.progress.ProgressRecorder;
import dev.banyan.server.reproduce.CallTexts;
import dev.banyan.server.reproduce.PathReproducers;
import dev.banyan.server.reproduce.Reproducers;
import dev.banyan.server.retire.Retirement;
import dev.banyan.server.samples.StoreCounts;
import dev.banyan.server.serve.ConfSource;
import dev.banyan.server.shadow.ShadowExecutor;
import dev.banyan.server.traces.TraceCounts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An admin listener on a legacy of two modules, of which edge.waf has a port, and its client. */
final class AdminRoom implements AutoCloseable {
  private static final StoreCounts STORED = new StoreCounts(5, 4, 3, 2, 1);

  final HttpClient client = HttpClient.newHttpClient();
  final Readiness readiness = new Readiness();
  final ShadowExecutor shadow = new ShadowExecutor(1, 8);
  final FlagStore flags;
  final ModuleParity waf;
  final AdminToken token;
  final Learner learner;
  final AdminServer server;

  private AdminRoom(Path folder) throws IOException {
    Files.writeString(folder.resolve("nginx.conf"), "events {}\n");
    Files.writeString(
        folder.resolve("banyan.yaml"),
        """
        conf: nginx.conf
        modules:
          edge.waf: {fail-mode: lua}
          edge.redirects: {fail-mode: lua}
        """);
    BanyanConfig config = BanyanConfig.load(folder.resolve("banyan.yaml"));
    Map<String, ModulePolicy> policies = new HashMap<>();
    for (ModuleConfig module : config.modules().values()) {
      boolean ported = module.name().equals("edge.waf");
      policies.put(
          module.name(),
          new ModulePolicy(module.name(), module.stickyKeys(), ported ? Sides.BOTH : Sides.LUA));
    }
    flags =
        FlagStore.open(
            config.stateDir(),
            new FlagPolicy(policies, config.tenantVariable()),
            config.modules().values().stream().map(ModuleConfig::initial).toList(),
            Clock.systemUTC());
    ParityBook parity =
        new ParityBook(
            config.modules().keySet(),
            Clock.systemUTC(),
            ParitySettings.of(
                0.99, 10, new Redactor(new byte[32], Set.of(), Redactor.Bodies.HIDDEN)));
    waf = Objects.requireNonNull(parity.module("edge.waf"));
    parity.path().skipped("no pipeline for x");
    parity.path().fellBack("response: its body is long");
    CallGuards guards =
        new CallGuards(_ -> CallRules.DEFAULT, System::nanoTime, (_, _, _, _) -> {});
    PortFigures ports = new PortFigures(ModuleHost::empty, guards);
    learner =
        new Learner(new ConfSource(config.conf(), config.prefix(), ""), flags, Clock.systemUTC());
    PathCounts paths = new PathCounts();
    paths.served(List.of());
    paths.served(List.of("edge.a is in Lua", "no pipeline for x"));
    paths.served(List.of("edge.a is in Lua"));
    Figures figures =
        new Figures(
            () -> config,
            flags,
            parity,
            shadow,
            readiness,
            ports,
            paths,
            () -> STORED,
            Clock.systemUTC());
    ConfSource source = new ConfSource(config.conf(), config.prefix(), "");
    ProgressRecorder progress =
        new ProgressRecorder(
            new ProgressRecorder.Sources(
                flags, parity, paths, ModuleHost::empty, _ -> false, learner::report),
            config.stateDir(),
            Clock.systemUTC());
    Retirement retirement =
        new Retirement(
            () -> config,
            source,
            flags,
            ModuleHost::empty,
            _ -> false,
            progress,
            Clock.systemUTC());
    CallTexts texts = new CallTexts(source, () -> config.modules().keySet());
    LegacyInventory inventory = new LegacyInventory(source, Clock.systemUTC());
    token = AdminToken.loadOrCreate(config.admin().tokenFile());
    server =
        AdminServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            token,
            new ControlRoom(
                flags,
                parity,
                shadow,
                figures,
                new History(parity, Clock.systemUTC()),
                paths,
                () -> STORED,
                () -> new TraceCounts(7, 2, 1),
                readiness,
                learner,
                new ProgressFigures(progress, Clock.systemUTC()),
                inventory,
                new LiveUsage(inventory),
                retirement,
                new Reproducers(parity, texts, System::nanoTime),
                new PathReproducers(parity.path(), parity.redactor()),
                new UnreachedLines(texts),
                new LiveCoverage()));
  }

  /** Opens one whose files are in that folder. */
  static AdminRoom open(Path folder) throws IOException {
    return new AdminRoom(folder);
  }

  @Override
  public void close() {
    server.close();
    learner.close();
    shadow.close();
    client.close();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.address().getPort() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  JsonNode tree(HttpRequest.Builder request) throws IOException, InterruptedException {
    return new JsonMapper().readTree(send(request).body());
  }

  HttpRequest.Builder authorized(String path) {
    return request(path).header("Authorization", "Bearer " + token.value());
  }

  HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
    return send(authorized(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
  }
}
