package dev.banyan.it.demo;

import dev.banyan.it.origin.OriginGroup;
import dev.banyan.it.process.Grounds;
import dev.banyan.it.traffic.Tenants;
import dev.banyan.it.traffic.TrafficPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import tools.jackson.databind.JsonNode;

/** {@code scripts/demo}: plays the life of a port on the sample legacy, under mixed traffic. */
public final class Demo {
  private static final String WAF = "edge.waf";
  private static final long SEED = 2011;
  private static final int EXCHANGES = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_AGAIN_MILLIS = 100;
  private static final long SETTLED_MILLIS = 1_500;

  private final BanyanProcess banyan;
  private final Traffic traffic;

  private Demo(BanyanProcess banyan, Traffic traffic) {
    this.banyan = banyan;
    this.traffic = traffic;
  }

  /** Arguments: the checkout's folder, and {@code --once} to end by itself. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    boolean once = List.of(args).contains("--once");
    try (OriginGroup origins = OriginGroup.start()) {
      Path work = root.resolve(".run/demo");
      Grounds.clear(work);
      Grounds grounds = Grounds.make(root, work, List.copyOf(origins.ports().values()));
      say("Starting Banyan on the sample legacy: thirteen Lua modules, every one answered by Lua.");
      try (BanyanProcess banyan = BanyanProcess.start(root, grounds)) {
        TrafficPlan plan = TrafficPlan.mixed(Tenants.read(grounds.legacy()), SEED, EXCHANGES);
        try (Traffic traffic = Traffic.start(grounds.address(), plan)) {
          Demo demo = new Demo(banyan, traffic);
          demo.play();
          if (!once) {
            say("The server and its traffic go on. Dashboard (Ctrl-C ends it all):");
            System.out.println("  " + banyan.dashboard());
            banyan.await();
          }
          System.exit(demo.verdict());
        }
      }
    }
  }

  private void play() throws IOException, InterruptedException {
    say("Mixed traffic arrives: users, attackers, bots, over-limit clients, redirects, HTML.");
    await(module -> module.path("luaCalls").asLong(0), 400);
    System.out.println("  answers so far, by status: " + traffic.byStatus());
    banyan.command("modules");

    say("Step 1, shadow: Lua answers, the Java WAF is run on what Lua saw, and compared.");
    banyan.command("flag", WAF, "shadow", "--why", "first look at the port");
    await(module -> module.path("parity").path("compared").asLong(0), 500);
    parity();

    say("Step 2, canary: a quarter of the users get Java's answer, the others are still compared.");
    long before = javaCalls();
    banyan.command("flag", WAF, "canary", "--percent", "25", "--why", "parity holds in shadow");
    await(module -> module.path("javaCalls").asLong(0), before + 150);
    java();

    say("Step 3, java: Java answers everyone; Lua stands behind it.");
    before = javaCalls();
    banyan.command("flag", WAF, "java", "--why", "the canary is quiet");
    await(module -> module.path("javaCalls").asLong(0), before + 400);
    java();

    say("Step 4, back: one command, and Lua answers everyone again.");
    rollback();
    banyan.command("audit");
  }

  private void parity() throws IOException, InterruptedException {
    JsonNode parity = banyan.module(WAF).path("parity");
    line(
        "%,d calls compared: %,d equal, %,d different, %,d broken. Parity is at least %.2f%%.",
        parity.path("compared").asLong(0),
        parity.path("matched").asLong(0),
        parity.path("mismatched").asLong(0),
        parity.path("broken").asLong(0),
        parity.path("atLeast").asDouble(0) * 100);
    line("Users saw Lua's answers only. Requests that failed: %,d.", traffic.failed());
  }

  private void java() throws IOException, InterruptedException {
    JsonNode module = banyan.module(WAF);
    line(
        "Lua answered %,d calls so far, Java %,d; fallbacks to Lua: %s.",
        module.path("luaCalls").asLong(0),
        module.path("javaCalls").asLong(0),
        module.path("fallbacks"));
    line(
        "Median per call: Lua %.0f µs, Java %.0f µs. Requests that failed: %,d.",
        module.path("luaLatency").path("p50Micros").asDouble(0),
        module.path("javaLatency").path("p50Micros").asDouble(0),
        traffic.failed());
  }

  private void rollback() throws IOException, InterruptedException {
    long start = System.nanoTime();
    banyan.command("rollback", WAF, "--why", "end of the demo");
    long commanded = System.nanoTime();
    long calls = javaCalls();
    long last = commanded;
    while (System.nanoTime() - last < SETTLED_MILLIS * 1_000_000) {
      Thread.sleep(5);
      long now = javaCalls();
      if (now != calls) {
        calls = now;
        last = System.nanoTime();
      }
    }
    line(
        "The command took %d ms; the last answer by Java came %s. Requests that failed: %,d.",
        (commanded - start) / 1_000_000,
        last == commanded
            ? "before it returned"
            : (last - commanded) / 1_000_000 + " ms after it returned",
        traffic.failed());
  }

  private long javaCalls() throws IOException, InterruptedException {
    return banyan.module(WAF).path("javaCalls").asLong(0);
  }

  private void await(ToLongFunction<JsonNode> figure, long least)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (figure.applyAsLong(banyan.module(WAF)) < least) {
      if (System.nanoTime() > end) {
        throw new IOException("no progress within " + PATIENCE.toSeconds() + " s: see the log");
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  /** 0 when no request failed and both sides always agreed. */
  private int verdict() throws IOException, InterruptedException {
    long different = banyan.module(WAF).path("parity").path("mismatched").asLong(0);
    Map<Integer, Long> answers = traffic.byStatus();
    long total = answers.values().stream().mapToLong(Long::longValue).sum();
    say(
        String.format(
            Locale.ROOT,
            "%,d requests answered, %,d failed, %,d different answers.",
            total,
            traffic.failed(),
            different));
    return traffic.failed() == 0 && different == 0 ? 0 : 1;
  }

  private static void say(String text) {
    System.out.println("\n== " + text);
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency for this alone
  private static void line(String format, Object... values) {
    System.out.println("  " + String.format(Locale.ROOT, format, values));
  }
}
