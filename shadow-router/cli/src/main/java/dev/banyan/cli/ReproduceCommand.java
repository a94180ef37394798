package dev.banyan.cli;

import dev.banyan.cli.reproduce.Ground;
import dev.banyan.cli.reproduce.PortProject;
import dev.banyan.cli.reproduce.PortProject.CannotFind;
import dev.banyan.cli.reproduce.Reproduction;
import dev.banyan.gateway.LuaHomes;
import dev.banyan.lua.replay.CannotReplay;
import dev.banyan.lua.replay.LuaHome;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.ConfSource;
import dev.banyan.vectors.VectorJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
    name = "reproduce",
    description =
        "Shows mismatches again on Lua and the port without a server, makes each as small as it can"
            + " be, and keeps it as a vector of the port's tests; whole requests as cases of a duel.")
final class ReproduceCommand implements Callable<Integer> {
  private static final int MOST = 1_000;

  @Mixin AdminOptions admin = new AdminOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MODULE",
      description = "The module, such as edge.waf; without one, whole requests.")
  @Nullable String module;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CLUSTER",
      description = "The cluster's id, as \"banyan mismatches\" shows it (default: all).")
  @Nullable String cluster;

  @Option(
      names = "--cluster",
      paramLabel = "ID",
      description = "The cluster of whole requests (default: all).")
  @Nullable String ofRequests;

  @Option(
      names = "--save",
      description = {
        "Keep each as a vector, so that the port's test fails until it is mended; whole requests",
        "each as a suite of a duel."
      })
  boolean save;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = {
        "The vectors' folder (default: the port's own, beside its jar); that of whole requests",
        "(default: reproduced, beside banyan.yaml)."
      })
  @Nullable Path to;

  @Override
  public Integer call() {
    AdminClient client = admin.connect();
    BanyanConfig config = Problems.orFail(() -> BanyanConfig.load(admin.config));
    Paper paper = new Paper(spec.commandLine().getOut());
    String named = module;
    return named == null ? requests(client, config, paper) : calls(client, config, named, paper);
  }

  private int requests(AdminClient client, BanyanConfig config, Paper paper) {
    RequestReport report = new RequestReport(paper, admin.json);
    Path folder = config.file().resolveSibling("reproduced");
    new ReproduceRequests(client, config, report)
        .show(
            ofRequests == null ? clusters(client) : List.of(ofRequests),
            save ? (to == null ? folder : to) : null);
    report.end(client);
    return report.isGood() ? ExitCodes.OK : ExitCodes.PROBLEM;
  }

  private int calls(AdminClient client, BanyanConfig config, String named, Paper paper) {
    if (ofRequests != null) {
      throw new ParameterException(
          spec.commandLine(), "--cluster is of whole requests: write " + named + " " + ofRequests);
    }
    List<String> ids = cluster == null ? clusters(client) : List.of(cluster);
    ReproduceReport report = new ReproduceReport(paper, named, admin.json);
    if (!ids.isEmpty()) {
      PortProject project = orFail(() -> PortProject.of(named, config.ports()));
      try (Ground ground = new Ground(config, home(config), project)) {
        ids.forEach(id -> one(client, config, project, ground, report, id));
      } catch (CannotReplay e) {
        throw new CommandFailure(ExitCodes.PROBLEM, String.valueOf(e.getMessage()));
      }
    }
    report.end(client);
    return report.isGood() ? ExitCodes.OK : ExitCodes.PROBLEM;
  }

  /** What the legacy's Lua needs to run here. */
  static LuaHome home(BanyanConfig config) {
    ConfSource source = new ConfSource(config.conf(), config.prefix(), "");
    return LuaHomes.of(Problems.orFail(source::load));
  }

  private List<String> clusters(AdminClient client) {
    List<String> ids = new ArrayList<>();
    client
        .get(AdminClient.parity(module, "/clusters?limit=" + MOST))
        .path("clusters")
        .forEach(one -> ids.add(one.path("id").asString()));
    return ids;
  }

  private void one(
      AdminClient client,
      BanyanConfig config,
      PortProject project,
      Ground ground,
      ReproduceReport report,
      String id) {
    String path =
        AdminClient.module(project.module(), "/clusters/" + AdminClient.part(id) + "/reproducer");
    JsonNode held = client.get(path);
    if (held.path("vector").isNull()) {
      report.missing(held, config);
      return;
    }
    RecordedCall call = read(held.path("vector"));
    switch (new Reproduction(ground.fresh(List.of(call)), id).of(call)) {
      case Reproduction.Result.NotShown(String reason) -> report.notShown(held, reason);
      case Reproduction.Result.Shown shown -> {
        Path file =
            save
                ? orFail(
                    () -> PortProject.save(shown.smallest().vector(), project.vectors(to, "--to")))
                : null;
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

  /** What can't be found. */
  @FunctionalInterface
  interface Search<T> {
    T get() throws CannotFind;
  }

  static <T> T orFail(Search<T> search) {
    try {
      return search.get();
    } catch (CannotFind e) {
      throw new CommandFailure(ExitCodes.PROBLEM, String.valueOf(e.getMessage()));
    }
  }
}
