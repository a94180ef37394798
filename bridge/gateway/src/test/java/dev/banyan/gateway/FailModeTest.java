package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.Dict;
import dev.banyan.api.FailMode;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import dev.banyan.api.Shared;
import dev.banyan.host.Breaker;
import dev.banyan.host.CallRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the failure of a port means for the request, before and after the commit point. */
final class FailModeTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String MODULE =
      """
      local m = {}
      function m.early() ngx.ctx.by = 'lua' end
      function m.late() ngx.shared.d:incr('n', 1, 0) ngx.ctx.by = 'lua' end
      function m.decline() ngx.ctx.by = 'lua' end
      function m.slow() ngx.ctx.by = 'lua' end
      return m
      """;
  private static final String SERVER =
      """
      location / {
        access_by_lua_block { require('m')[ngx.var.uri:sub(2)]() }
        content_by_lua_block { ngx.print('by ', ngx.ctx.by, ' n ', ngx.shared.d:get('n')) } }
      """;

  @TempDir Path prefix;

  /** Fails before or after it has changed something. */
  @LuaModule("m")
  static final class Failing implements Port {
    final AtomicBoolean slow = new AtomicBoolean(true);
    final CountDownLatch release = new CountDownLatch(1);

    @Handler("early")
    Decision early() {
      if (slow.get()) {
        throw new IllegalStateException("early");
      }
      return Decision.next();
    }

    @Handler("late")
    Decision late(@Shared("d") Dict dict) {
      dict.incr("n", 1, 0);
      throw new IllegalStateException("late");
    }

    @Handler("decline")
    Decision decline() {
      return Decision.decline("not today");
    }

    @Handler("slow")
    Decision slow() throws InterruptedException {
      if (slow.get()) {
        release.await();
      }
      return Decision.next();
    }
  }

  private Seamed seamed(FailMode mode) {
    return seamed(new Failing(), Seamed.rules(mode, LONG));
  }

  private Seamed seamed(Port port, CallRules rules) {
    return Seamed.java(prefix, port, rules, MODULE, "lua_shared_dict d 1m;", SERVER);
  }

  @Test
  void luaAnswersWhileNothingHasHappened() {
    try (Seamed seamed = seamed(FailMode.LUA)) {
      assertThat(seamed.get("/early")).isEqualTo("by lua n nil");
      assertThat(seamed.told)
          .containsExactly("fell back: threw IllegalStateException", "LUA answered early");
    }
  }

  @Test
  void luaDoesNotRepeatWhatCannotBeTakenBack() {
    try (Seamed seamed = seamed(FailMode.LUA)) {
      assertThat(seamed.served().get("/late")).startsWith("HTTP/1.1 500 ");
      assertThat(seamed.get("/decline")).isEqualTo("by lua n 1");
      assertThat(seamed.told.getFirst())
          .isEqualTo("failed lua: threw IllegalStateException after a change that stays");
    }
  }

  @Test
  void openGoesOnWithoutTheModule() {
    try (Seamed seamed = seamed(FailMode.OPEN)) {
      assertThat(seamed.get("/early")).isEqualTo("by nil n nil");
      assertThat(seamed.get("/late")).isEqualTo("by nil n 1");
      assertThat(seamed.told)
          .containsExactly(
              "failed open: threw IllegalStateException",
              "failed open: threw IllegalStateException after a change that stays");
    }
  }

  @Test
  void closedRefusesTheRequest() {
    try (Seamed seamed = seamed(FailMode.CLOSED)) {
      assertThat(seamed.served().get("/early")).startsWith("HTTP/1.1 500 ");
      assertThat(seamed.served().get("/late")).startsWith("HTTP/1.1 500 ");
    }
  }

  @Test
  void aPortThatDeclinesHasNotFailed() {
    try (Seamed seamed = seamed(FailMode.CLOSED)) {
      assertThat(seamed.get("/decline")).isEqualTo("by lua n nil");
    }
  }

  @Test
  void aFirstCallMayTakeFourTimesAsLongAsItsClassesAreRead() throws InterruptedException {
    assertThat(slowAfter(0)).containsExactly("JAVA answered slow");
  }

  @Test
  void aCallAfterAHundredMayNot() throws InterruptedException {
    assertThat(slowAfter(100))
        .hasSizeGreaterThan(100)
        .element(100)
        .asString()
        .startsWith("overran m.slow at [");
  }

  /** What is told of so many calls at once, and of one that takes more than its second. */
  private List<String> slowAfter(int calls) throws InterruptedException {
    Failing port = new Failing();
    port.slow.set(false);
    try (Seamed seamed = seamed(port, Seamed.rules(FailMode.LUA, Duration.ofSeconds(1)))) {
      for (int i = 0; i < calls; i++) {
        seamed.get("/slow");
      }
      port.slow.set(true);
      Thread client = Thread.ofVirtual().start(() -> seamed.get("/slow"));
      Thread.sleep(Duration.ofMillis(1_200));
      seamed.guards.look();
      port.release.countDown();
      client.join();
      return List.copyOf(seamed.told);
    }
  }

  @Test
  void aLateAnswerCountsAsAFailureAndTheModuleGoesToLua() throws InterruptedException {
    Failing port = new Failing();
    try (Seamed seamed = seamed(port, Seamed.rules(FailMode.LUA, Duration.ofMillis(50)))) {
      Thread client = Thread.ofVirtual().start(() -> seamed.get("/slow"));
      while (seamed.told.isEmpty()) {
        Thread.sleep(Duration.ofMillis(5));
        seamed.guards.look();
      }
      assertThat(seamed.told.getFirst())
          .contains("overran m.slow at [", Failing.class.getName() + ".slow");
      assertThat(seamed.guards.breaker("m")).isEqualTo(Breaker.State.OPEN);
      port.release.countDown();
      client.join();
      assertThat(seamed.told).element(1).isEqualTo("fell back: the deadline was missed");
      assertThat(seamed.get("/slow")).isEqualTo("by lua n nil");
      assertThat(seamed.told).contains("fell back: the breaker is open");
    }
  }
}
