package dev.banyan.it.soak;

import dev.banyan.it.origin.OriginGroup;
import dev.banyan.it.process.AdminClient;
import dev.banyan.it.process.Grounds;
import dev.banyan.it.process.Program;
import dev.banyan.it.process.Usage;
import dev.banyan.it.traffic.Tenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;

/**
 * {@code scripts/soak}: varied traffic, never the same twice, with all ports of the sample legacy
 * in one mode. In shadow every difference is a false alarm or a fault of a port; in every mode a
 * request that fails, memory that grows and answers that get slower show.
 */
public final class Soak {
  private static final String USAGE =
      """
      usage: scripts/soak [--requests N] [--mode shadow|java|lua|new] [--clients N] [--seed N]
        --requests N   how many requests (default 100000)
        --mode MODE    how every module stands (default shadow); new: java without entering Lua
        --clients N    connections at a time (default 8)
        --seed N       what the traffic is made from (default 1)
      """;
  private static final int ROWS = 20;
  private static final long LOOK_AGAIN_MILLIS = 200;

  private final AdminClient admin;
  private final Program banyan;
  private final Players players;
  private final long requests;

  private Soak(AdminClient admin, Program banyan, Players players, long requests) {
    this.admin = admin;
    this.banyan = banyan;
    this.players = players;
    this.requests = requests;
  }

  /** Arguments: the checkout's folder, and the options. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    long requests = 100_000;
    String mode = "shadow";
    int clients = 8;
    long seed = 1;
    List<String> words = List.of(args).subList(1, args.length);
    for (int i = 0; i < words.size(); i += 2) {
      String value = i + 1 < words.size() ? words.get(i + 1) : "";
      switch (words.get(i)) {
        case "--requests" -> requests = number(words.get(i), value);
        case "--clients" -> clients = (int) number(words.get(i), value);
        case "--seed" -> seed = number(words.get(i), value);
        case "--mode" -> mode = value;
        default -> refuse("unknown option " + words.get(i));
      }
    }
    if (!List.of("shadow", "java", "lua", "new").contains(mode)) {
      refuse("--mode is shadow, java, lua or new, not '" + mode + "'");
    }
    System.exit(run(root, mode, requests, clients, seed) ? 0 : 1);
  }

  private static long number(String option, String text) {
    if (!text.matches("[1-9]\\d{0,11}")) {
      refuse(option + " is a number above 0, not '" + text + "'");
    }
    return Long.parseLong(text);
  }

  private static void refuse(String message) {
    System.err.println("scripts/soak: " + message + "\n" + USAGE);
    System.exit(2);
  }

  private static boolean run(Path root, String mode, long requests, int clients, long seed)
      throws IOException, InterruptedException {
    Path work = root.resolve(".run/soak");
    Grounds.clear(work);
    try (OriginGroup origins = OriginGroup.start()) {
      Grounds grounds = Grounds.make(root, work, List.copyOf(origins.ports().values()));
      boolean shadow = "shadow".equals(mode);
      boolean pipelines = shadow || "new".equals(mode);
      Path config = grounds.banyanYaml(root, "new".equals(mode) ? "java" : mode, pipelines);
      if (shadow) {
        compareAll(config);
      }
      try (Program banyan = Program.banyan(root, grounds, config)) {
        Players players =
            Players.start(
                grounds.address(), Tenants.read(grounds.legacy()), seed, requests, clients);
        return new Soak(new AdminClient(grounds), banyan, players, requests).watch();
      }
    }
  }

  /** Lines of the error log count too, and each request is run again as a whole. */
  private static void compareAll(Path config) throws IOException {
    String text = Files.readString(config);
    Files.writeString(
        config,
        text.replace("mode: shadow}", "mode: shadow, compare-log: true}")
            .replace("mode: shadow\n", "mode: shadow\n    compare-log: true\n")
            .replace("\nparity:\n", "\nparity:\n  path-percent: 100\n"));
  }

  /** A row for each part of the run, and whether all was as it should be. */
  private boolean watch() throws IOException, InterruptedException {
    line(
        "%12s %8s %14s %11s %8s %14s %9s %9s %9s %9s",
        "requests",
        "failed",
        "calls compared",
        "mismatched",
        "broken",
        "whole requests",
        "differing",
        "p50 ms",
        "p99 ms",
        "RSS MiB");
    for (int row = 1; row <= ROWS; row++) {
      long goal = requests * row / ROWS;
      while (players.sent() < goal && !players.areDone()) {
        Thread.sleep(LOOK_AGAIN_MILLIS);
      }
      row();
    }
    while (!players.areDone()) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    JsonNode modules = admin.modules();
    for (JsonNode module : modules) {
      if (wrong(module.path("parity")) > 0) {
        System.out.println(module.path("name").asString() + " differed: " + module.path("parity"));
      }
    }
    JsonNode path = admin.path();
    System.out.println("whole requests that were not measured: " + path.path("notMeasured"));
    return players.failed() == 0
        && sum(modules, "mismatched") + sum(modules, "broken") == 0
        && wrong(path.path("parity")) == 0;
  }

  private void row() throws IOException, InterruptedException {
    JsonNode modules = admin.modules();
    JsonNode whole = admin.path().path("parity");
    Histogram times = players.take();
    line(
        "%,12d %,8d %,14d %,11d %,8d %,14d %,9d %9.1f %9.1f %9.0f",
        players.sent(),
        players.failed(),
        sum(modules, "compared"),
        sum(modules, "mismatched"),
        sum(modules, "broken"),
        whole.path("compared").asLong(0),
        wrong(whole),
        times.getValueAtPercentile(50) / 1_000.0,
        times.getValueAtPercentile(99) / 1_000.0,
        Usage.of(banyan.handle()).residentKib() / 1_024.0);
  }

  private static long wrong(JsonNode parity) {
    return parity.path("mismatched").asLong(0) + parity.path("broken").asLong(0);
  }

  private static long sum(JsonNode modules, String figure) {
    long sum = 0;
    for (JsonNode module : modules) {
      sum += module.path("parity").path(figure).asLong(0);
    }
    return sum;
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency for this alone
  private static void line(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
