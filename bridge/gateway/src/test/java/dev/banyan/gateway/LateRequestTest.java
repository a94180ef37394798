package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that had to wait for their worker are not shadowed, and those behind them wait less. */
final class LateRequestTest {
  private static final String MODULE =
      """
      local m = {}
      function m.access() ngx.ctx.seen = true end
      return m
      """;

  private static final String SERVER =
      """
      location /long {
        content_by_lua_block {
          local ends = ngx.now() + 1
          while ngx.now() < ends do ngx.update_time() end
          ngx.print('long') } }
      location / {
        access_by_lua_block { require('m').access() }
        content_by_lua_block { ngx.print('short') } }
      """;

  private static final int USUAL = 60;
  private static final int BEHIND = 8;

  /** A poll that the machine itself holds up is taken for one that slept, and nobody for late. */
  private static final int TRIES = 4;

  @TempDir Path prefix;

  /** Does as the Lua does. */
  @LuaModule("m")
  static final class Seen implements Port {
    @Handler("access")
    Decision access() {
      return Decision.next();
    }
  }

  private static int late(Seamed seamed) {
    return Collections.frequency(seamed.told, "late");
  }

  @Test
  void callsOfRequestsThatWaitedAreLuasAloneAndAllAreAnswered() throws InterruptedException {
    try (Seamed seamed = Seamed.shadow(prefix, new Seen(), MODULE, "", SERVER)) {
      for (int i = 0; i < USUAL; i++) {
        assertThat(seamed.get("/")).isEqualTo("short");
      }
      int before = late(seamed);
      assertThat(before)
          .as("late one after the other, but for the machine's own pauses")
          .isLessThan(5);

      int behind = 0;
      int found = 0;
      for (int i = 0; i < TRIES && found < BEHIND - 1; i++) {
        int known = late(seamed);
        answerBehindALongOne(seamed);
        behind += BEHIND;
        found = late(seamed) - known;
      }
      assertThat(found).as("but for one of sixteen").isBetween(BEHIND - 1, BEHIND);
      int shadowed = USUAL + behind - late(seamed);
      assertThat(seamed.samples(shadowed)).hasSize(shadowed);
    }
  }

  /** The worker is busy with one of them, and the others wait for it. */
  private static void answerBehindALongOne(Seamed seamed) throws InterruptedException {
    Queue<String> answers = new ConcurrentLinkedQueue<>();
    List<Thread> clients = new ArrayList<>();
    clients.add(Thread.ofPlatform().start(() -> answers.add(seamed.get("/long"))));
    Thread.sleep(100);
    for (int i = 0; i < BEHIND; i++) {
      clients.add(Thread.ofPlatform().start(() -> answers.add(seamed.get("/"))));
    }
    for (Thread client : clients) {
      client.join();
    }
    assertThat(answers).hasSize(1 + BEHIND).containsOnly("long", "short");
  }
}
