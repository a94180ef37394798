package dev.banyan.it.duel;

import dev.banyan.duel.compare.Rules;
import dev.banyan.duel.generate.Generator;
import dev.banyan.duel.origin.RecordingOrigin;
import dev.banyan.duel.run.CaseSource;
import dev.banyan.duel.run.Duel;
import dev.banyan.duel.run.DuelOptions;
import dev.banyan.duel.run.Progress;
import dev.banyan.duel.run.Report;
import dev.banyan.duel.suite.Case;
import dev.banyan.duel.wire.ClientOptions;
import dev.banyan.duel.wire.Target;
import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.edge.Server;
import dev.banyan.it.process.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Owned by one test: servers on copies of the sample legacy, with the duel's own origins behind.
 */
final class Ring implements AutoCloseable {
  static final long SEED = 20261128;

  private final Path folder;
  private final RecordingOrigin origins;
  private final List<Server.Running> running = new ArrayList<>();
  private final List<Target> targets = new ArrayList<>();

  Ring(Path folder) throws IOException {
    this.folder = folder;
    this.origins = RecordingOrigin.start("127.0.0.1", List.of(0, 0, 0), DuelOptions.MARK);
  }

  /** Changes a copy of the legacy before its server starts. */
  @FunctionalInterface
  interface Change {
    void to(LegacyCopy legacy) throws IOException;
  }

  Ring add(String name, Server server) throws IOException {
    return add(name, "http://", server, _ -> {});
  }

  Ring add(String name, Server server, Change change) throws IOException {
    return add(name, "http://", server, change);
  }

  /** Adds a server that is spoken to by a scheme, such as {@code h2://}. */
  Ring add(String name, String scheme, Server server, Change change) throws IOException {
    List<Integer> ports = origins.ports();
    Map<Integer, Integer> map = Map.of(9001, ports.get(0), 9002, ports.get(1), 9003, ports.get(2));
    LegacyCopy legacy = LegacyCopy.make(folder.resolve(name), FreePorts.next(), map);
    change.to(legacy);
    running.add(server.start(legacy));
    targets.add(Target.parse(name + "=" + scheme + "127.0.0.1:" + legacy.port()));
    return this;
  }

  /** The generated suite for the sample legacy, in the order of the seed. */
  static List<Case> suite() {
    Path legacy = LegacyCopy.source();
    List<Case> cases =
        new ArrayList<>(
            Generator.suite(
                new Generator.Inputs(
                    legacy.resolve("nginx.conf"),
                    legacy,
                    List.of(legacy.resolve("data/tenants.json")),
                    "X-Forwarded-For"),
                SEED));
    // Counters tell how often others have asked.
    cases.removeIf(one ->
        one.steps()
            .getFirst()
            .request()
            .target()
            .toLowerCase(java.util.Locale.ROOT)
            .contains("counters"));
    Collections.shuffle(cases, new Random(SEED));
    return cases;
  }

  Report run(CaseSource source, int inFlight, int pipeline) throws InterruptedException {
    DuelOptions options =
        new DuelOptions(
            inFlight,
            SEED,
            Rules.ignoring(List.of(), false),
            new ClientOptions(Duration.ofSeconds(60), pipeline, 100),
            DuelOptions.MARK,
            100,
            3);
    try (Duel duel = new Duel(targets, options, origins, Progress.NONE)) {
      return duel.run(source);
    }
  }

  @Override
  public void close() throws IOException {
    try (origins) {
      for (Server.Running server : running) {
        server.close();
      }
    }
  }
}
