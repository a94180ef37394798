package dev.banyan.it.load;

import dev.banyan.it.origin.Origin;
import dev.banyan.it.process.Grounds;
import dev.banyan.it.process.Program;
import dev.banyan.it.wire.KeptClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Spring Cloud Gateway with the ports, which {@code it/benchmarks/spring} is and Maven builds. */
final class SpringPeer {
  private static final String MODULE = "it/benchmarks/spring/target";
  private static final String LINES = "logs/edge.json";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private SpringPeer() {}

  /**
   * How it is started.
   *
   * @throws IOException when it isn't built, or can't stand the scene
   */
  static List<String> command(Path root, Grounds grounds, Props props) throws IOException {
    Path module = root.resolve(MODULE);
    if (Files.notExists(module.resolve("class-path"))) {
      throw new IOException(
          "it is not built: mvn -Dfast -Ppeer -pl it/benchmarks/spring -am process-classes");
    }
    if (props.scene().modules() > 0) {
      throw new IOException("it has the legacy's own modules alone");
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx512m",
                "-cp",
                module.resolve("classes") + ":" + Files.readString(module.resolve("class-path")),
                "dev.banyan.benchmarks.spring.SpringPeer",
                grounds.legacy().toString(),
                String.valueOf(grounds.port())));
    command.addAll(props.certificateFiles());
    return command;
  }

  /**
   * Starts it and Banyan's new path one after the other, and asks both the same.
   *
   * @return how many answers were held against each other
   * @throws IOException when one doesn't start, or naming the first answer that differs
   */
  static int holdAgainstNewPath(Path root, Path folder) throws IOException, InterruptedException {
    List<Sample> expected = samples(Contender.NEW, root, folder);
    List<Sample> actual = samples(Contender.SPRING, root, folder);
    for (int i = 0; i < expected.size(); i++) {
      if (!Objects.equals(expected.get(i), actual.get(i))) {
        throw new IOException(
            "its answer differs from the new path's: " + actual.get(i).against(expected.get(i)));
      }
    }
    return expected.size();
  }

  private static List<Sample> samples(Contender contender, Path root, Path folder)
      throws IOException, InterruptedException {
    List<Sample> samples = new ArrayList<>();
    Path place = folder.resolve("alike-" + contender.key());
    Mix mix = new Mix(new Tenants(0).hosts());
    Grounds grounds;
    try (Origin origin = Origin.start("one", 0, _ -> {})) {
      Props props = Props.make(Scene.USUAL, origin.port(), place);
      grounds = Grounds.make(root, place, List.of(origin.port(), origin.port(), origin.port()));
      props.addTo(grounds);
      try (Program _ = contender.start(root, grounds, props);
          KeptClient client = new KeptClient(grounds.address(), PATIENCE)) {
        for (byte[] request : mix.telling()) {
          samples.add(Sample.of(request, client.exchange(request, "GET")));
        }
      }
    }
    List<String> lines = Files.readAllLines(grounds.legacy().resolve(LINES));
    if (lines.size() != samples.size()) {
      throw new IOException(
          "%s wrote %d lines to %s for %d requests"
              .formatted(contender.title(), lines.size(), LINES, samples.size()));
    }
    for (int i = 0; i < lines.size(); i++) {
      samples.set(i, samples.get(i).logged(lines.get(i)));
    }
    return samples;
  }
}
