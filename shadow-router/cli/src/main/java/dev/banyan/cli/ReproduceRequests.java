package dev.banyan.cli;

import dev.banyan.cli.wholes.EnclosedEdge;
import dev.banyan.cli.wholes.KeptRequest;
import dev.banyan.cli.wholes.RequestReproduction;
import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.SuiteWriter;
import dev.banyan.gateway.GatewayException;
import dev.banyan.server.check.ConfigCheck;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.ConfSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Owned by its command: whole requests on which the paths differ, shown again. */
final class ReproduceRequests {
  private final AdminClient client;
  private final BanyanConfig config;
  private final RequestReport report;

  ReproduceRequests(AdminClient client, BanyanConfig config, RequestReport report) {
    this.client = client;
    this.config = config;
    this.report = report;
  }

  /**
   * Shows them.
   *
   * @param to where each is kept as a suite of a duel; null to keep none
   */
  void show(List<String> clusters, @Nullable Path to) {
    if (clusters.isEmpty()) {
      return;
    }
    EnclosedEdge edge =
        Problems.orFail(() ->
            new EnclosedEdge(
                config,
                new ConfSource(config.conf(), config.prefix(), "").load(),
                ConfigCheck.retired(config.file(), "")));
    try {
      for (String cluster : clusters) {
        one(edge, cluster, to);
      }
    } catch (IOException | GatewayException e) {
      throw new CommandFailure(ExitCodes.PROBLEM, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCodes.PROBLEM, "interrupted");
    }
  }

  private void one(EnclosedEdge edge, String cluster, @Nullable Path to)
      throws IOException, InterruptedException {
    String path = "/api/v1/path/clusters/" + AdminClient.part(cluster) + "/reproducer";
    JsonNode held = client.get(path);
    if (held.path("vector").isNull()) {
      report.missing(held, config);
      return;
    }
    KeptRequest kept = new KeptRequest(held.path("vector"));
    Case one = kept.asCase("cluster " + cluster, held.path("cause").asString());
    switch (new RequestReproduction(edge, cluster).of(kept, one)) {
      case RequestReproduction.Result.NotShown(String reason) -> report.notShown(held, reason);
      case RequestReproduction.Result.Shown shown -> {
        Path file = to == null ? null : save(shown.smallest(), to, cluster);
        client.put(path, report.body(kept, shown));
        report.shown(held, shown, file);
      }
    }
  }

  private static Path save(Case smallest, Path folder, String cluster) throws IOException {
    Path file = folder.resolve("reproduced-" + cluster + ".suite");
    Files.createDirectories(folder);
    Files.writeString(file, SuiteWriter.text(List.of(smallest)));
    return file;
  }
}
