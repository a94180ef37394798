package dev.banyan.cli;

import dev.banyan.cli.reproduce.BothSides;
import dev.banyan.cli.reproduce.PortProject;
import dev.banyan.cli.reproduce.PortProject.CannotFind;
import dev.banyan.cli.reproduce.Reproduction;
import dev.banyan.gateway.LuaHomes;
import dev.banyan.gateway.seam.PortReplay;
import dev.banyan.lua.replay.CannotReplay;
import dev.banyan.lua.replay.LuaHome;
import dev.banyan.lua.replay.LuaReplay;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.router.parity.CallJudge;
import dev.banyan.router.parity.Redactor;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ModuleConfig;
import dev.banyan.server.serve.ConfSource;
import dev.banyan.vectors.VectorJson;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
    name = "reproduce",
    description =
        "Shows mismatches again on Lua and the port without a server, makes each as small as it can"
            + " be, and keeps it as a vector of the port's tests.")
final class ReproduceCommand implements Callable<Integer> {
  private static final int MOST = 1_000;

  @Mixin AdminOptions admin = new AdminOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "MODULE", description = "The module, such as edge.waf.")
  String module = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CLUSTER",
      description = "The cluster's id, as \"banyan mismatches\" shows it (default: all).")
  @Nullable String cluster;

  @Option(
      names = "--save",
      description = "Keep each as a vector, so that the port's test fails until it is mended.")
  boolean save;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "The vectors' folder (default: the port's own, beside its jar).")
  @Nullable Path to;

  @Override
  public Integer call() {
    AdminClient client = admin.connect();
    BanyanConfig config = Problems.orFail(() -> BanyanConfig.load(admin.config));
    List<String> ids = cluster == null ? clusters(client) : List.of(cluster);
    ReproduceReport report =
        new ReproduceReport(new Paper(spec.commandLine().getOut()), module, admin.json);
    if (!ids.isEmpty()) {
      try (Ground ground = new Ground(config)) {
        ids.forEach(id -> one(client, ground, report, id));
      }
    }
    report.end(client);
    return report.isGood() ? ExitCodes.OK : ExitCodes.PROBLEM;
  }

  private List<String> clusters(AdminClient client) {
    List<String> ids = new ArrayList<>();
    client
        .get(AdminClient.module(module, "/clusters?limit=" + MOST))
        .path("clusters")
        .forEach(one -> ids.add(one.path("id").asString()));
    return ids;
  }

  private void one(AdminClient client, Ground ground, ReproduceReport report, String id) {
    String path = AdminClient.module(module, "/clusters/" + AdminClient.part(id) + "/reproducer");
    JsonNode held = client.get(path);
    if (held.path("vector").isNull()) {
      report.missing(held, ground.config);
      return;
    }
    RecordedCall call = read(held.path("vector"));
    switch (ground.reproduction(id, call).of(call)) {
      case Reproduction.Result.NotShown(String reason) -> report.notShown(held, reason);
      case Reproduction.Result.Shown shown -> {
        Path file = save ? ground.save(shown) : null;
        if (report.isSmallEnough(shown)) {
          client.put(path, ReproduceReport.body(shown));
        }
        report.shown(held, shown, file);
      }
    }
  }

  private static RecordedCall read(JsonNode vector) {
    try {
      return VectorJson.read(vector);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCodes.PROBLEM, "the server's vector can't be read: " + e.getMessage());
    }
  }

  /** Owned by the command: the legacy and the port of this folder, on which calls are shown. */
  private final class Ground implements AutoCloseable {
    private final BanyanConfig config;
    private final PortProject project;
    private final LuaHome home;
    private final List<LuaReplay> opened = new ArrayList<>();

    Ground(BanyanConfig config) {
      this.config = config;
      this.project = orFail(() -> PortProject.of(module, config.ports()));
      ConfSource source = new ConfSource(config.conf(), config.prefix(), "");
      this.home = LuaHomes.of(Problems.orFail(source::load));
    }

    Reproduction reproduction(String id, RecordedCall call) {
      return new Reproduction(() -> sides(call), id);
    }

    private BothSides sides(RecordedCall call) {
      try {
        close();
        LuaReplay lua = LuaReplay.open(home, module, List.of(call), 1);
        opened.add(lua);
        return new BothSides(lua, new PortReplay(project.load()), judge());
      } catch (CannotReplay e) {
        throw new CommandFailure(ExitCodes.PROBLEM, String.valueOf(e.getMessage()));
      }
    }

    private CallJudge judge() {
      ModuleConfig configured = config.modules().get(module);
      return new CallJudge(
          configured == null ? List.of() : configured.parityRules(),
          Redactor.withFreshKey(config.parity().secretNames(), config.parity().bodies()),
          LocalDate.now(ZoneOffset.UTC));
    }

    Path save(Reproduction.Result.Shown shown) {
      return orFail(() -> PortProject.save(shown.smallest().vector(), project.vectors(to)));
    }

    @Override
    public void close() {
      opened.forEach(LuaReplay::close);
      opened.clear();
    }
  }

  /** What can't be found. */
  @FunctionalInterface
  private interface Finding<T> {
    T get() throws CannotFind;
  }

  private static <T> T orFail(Finding<T> finding) {
    try {
      return finding.get();
    } catch (CannotFind e) {
      throw new CommandFailure(ExitCodes.PROBLEM, String.valueOf(e.getMessage()));
    }
  }
}
