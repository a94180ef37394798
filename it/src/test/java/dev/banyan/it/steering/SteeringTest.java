package dev.banyan.it.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.it.edge.AdminClient;
import dev.banyan.it.edge.Banyan;
import dev.banyan.it.parity.Side;
import dev.banyan.it.process.PortJar;
import dev.banyan.it.wire.RawAnswer;
import dev.banyan.it.wire.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SteeringTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String MODULE = "edge.waf";
  private static final String IMPORTS = "import dev.banyan.api.*;\n";
  private static final String NAMED = "@LuaModule(\"edge.waf\") ";
  private static final String HANDLER =
      "@Handler(value = \"access\", phase = Phase.ACCESS) public Decision access() ";

  @TempDir Path directory;

  private Side start(String mode, String type, String source) throws IOException {
    Path jar = PortJar.make(Files.createDirectories(directory.resolve("port")), type, source);
    Banyan banyan = new Banyan("Banyan with " + type, mode, List.of(MODULE), List.of(jar));
    return Side.start(banyan, directory.resolve("banyan"));
  }

  private static AdminClient admin(Side side) {
    return ((Banyan.Run) side.running()).admin();
  }

  private static byte[] get(String target) {
    return get(target, 0);
  }

  /**
   * A request of the user with that number: each has an address, and so a rate limit, of its own.
   */
  private static byte[] get(String target, int user) {
    return ("GET "
            + target
            + " HTTP/1.1\r\nHost: t006.example.com\r\nUser-Agent: Mozilla/5.0"
            + " (X11) Firefox/99\r\nX-Forwarded-For: 10.9."
            + user / 250
            + "."
            + user % 250
            + "\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static RawAnswer ask(Side side, String target) throws IOException {
    try (RawClient client = RawClient.connect(side.address(), PATIENCE)) {
      return client.exchange(get(target), "GET");
    }
  }

  @Test
  void aWrongRuleIsSeenInShadowWithBothAnswersAndUsersGetOnlyLuas() throws IOException {
    String source =
        IMPORTS
            + NAMED
            + "@Writes(ctx = {\"waf_rules\", \"blocked_by\"}, vars = {\"waf_score\"},"
            + " requestHeaders = \"X-WAF-Score\")"
            + " public final class BlindWaf implements Port { "
            + HANDLER
            + "{ return Decision.next().setVar(\"waf_score\", \"0\").setCtx(\"waf_rules\", \"\")"
            + ".setRequestHeader(\"X-WAF-Score\", \"0\"); } }";
    try (Side side = start("shadow", "BlindWaf", source)) {
      for (int i = 0; i < 20; i++) {
        assertThat(ask(side, "/shop?page=" + i).status()).isEqualTo(200);
      }
      assertThat(ask(side, "/shop?q=<script>&b=union+select").status()).isEqualTo(403);
      AdminClient admin = admin(side);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(admin.get("/api/v1/modules/" + MODULE + "/mismatches?limit=5").toString())
                  .contains("waf_score", "Exit[status=403]", "next"));
    }
  }

  @Test
  void aPortThatThrowsOnEveryCallCostsNoUserAnything() throws IOException {
    String source =
        IMPORTS
            + NAMED
            + "public final class BrokenWaf implements Port { "
            + HANDLER
            + "{ throw new IllegalStateException(\"broken\"); } }";
    try (Side side = start("java", "BrokenWaf", source);
        RawClient client = RawClient.connect(side.address(), PATIENCE)) {
      AdminClient admin = admin(side);
      admin.rollback(MODULE, "to see Lua's answer");
      String good = ask(side, "/shop?page=1").body().text();
      assertThat(good).contains("X-Forwarded-For: 10.9.0.0,");
      String bad = ask(side, "/shop?q=<script>&b=union+select").body().text();
      admin.flag(MODULE, "java", "to see the port fail");
      RawClient open = client;
      for (int i = 0; i < 10_000; i++) {
        boolean attack = i % 10 == 9;
        String target = attack ? "/shop?q=<script>&b=union+select" : "/shop?page=1";
        RawAnswer answer = open.exchange(get(target, attack ? 0 : i), "GET");
        assertThat(answer.status()).isEqualTo(attack ? 403 : 200);
        String expected =
            attack ? bad : good.replace("10.9.0.0", "10.9." + i / 250 + "." + i % 250);
        assertThat(withoutId(answer.body().text())).isEqualTo(withoutId(expected));
        if (answer.closed()) {
          open = RawClient.connect(side.address(), PATIENCE);
        }
      }
      assertThat(admin.get("/api/v1/modules/" + MODULE).toString())
          .contains("threw IllegalStateException");
    }
  }

  /** The origin's echo without what the edge derives from the client's address. */
  private static String withoutId(String body) {
    return body.replaceAll("X-Request-Id: \\S+", "").replaceAll("origin: \\S+", "");
  }

  @Test
  void aRollbackUnderLoadReachesTheNextRequestAndFailsNone() throws Exception {
    String source =
        IMPORTS
            + NAMED
            + "@Writes(responseHeaders = \"X-By\") public final class MarkedWaf implements Port { "
            + HANDLER
            + "{ return Decision.next().setResponseHeader(\"X-By\", \"java\"); } }";
    try (Side side = start("java", "MarkedWaf", source);
        ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicBoolean stop = new AtomicBoolean();
      Queue<Seen> seen = new ConcurrentLinkedQueue<>();
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        running.add(users.submit(() -> browse(side, stop, seen)));
      }
      await().atMost(PATIENCE).until(() -> seen.size() > 500);
      long command = System.nanoTime();
      admin(side).rollback(MODULE, "wrong in production");
      long acknowledged = System.nanoTime();
      int before = seen.size();
      await().atMost(PATIENCE).until(() -> seen.size() > before + 500);
      stop.set(true);
      for (Future<?> one : running) {
        one.get();
      }
      long lastJava = seen.stream().filter(Seen::java).mapToLong(Seen::ended).max().orElse(command);
      System.out.printf(
          "rollback: acknowledged after %.1f ms, last Java answer %.1f ms after the command, %d"
              + " requests, 0 failed%n",
          (acknowledged - command) / 1e6, (lastJava - command) / 1e6, seen.size());
      assertThat(seen).anyMatch(Seen::java).allMatch(s -> s.status() == 200);
      assertThat(seen.stream().filter(s -> s.started() > acknowledged)).noneMatch(Seen::java);
    }
  }

  private static Void browse(Side side, AtomicBoolean stop, Queue<Seen> seen) throws IOException {
    RawClient client = RawClient.connect(side.address(), PATIENCE);
    int user = ThreadLocalRandom.current().nextInt(60_000);
    while (!stop.get()) {
      long started = System.nanoTime();
      RawAnswer answer = client.exchange(get("/shop?page=2", user++), "GET");
      boolean java = answer.head().first("X-By").isPresent();
      seen.add(new Seen(started, System.nanoTime(), answer.status(), java));
      if (answer.closed()) {
        client.close();
        client = RawClient.connect(side.address(), PATIENCE);
      }
    }
    client.close();
    return null;
  }

  /** An answer that a user got. */
  private record Seen(long started, long ended, int status, boolean java) {}
}
