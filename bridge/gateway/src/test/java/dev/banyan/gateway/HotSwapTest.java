package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import dev.banyan.host.ModuleHost;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports are replaced while requests are served. */
final class HotSwapTest {
  private static final int SWAPS = 200;
  private static final String LUA = "return {who = function() return 'lua' end}";

  @TempDir Path prefix;

  /** Answers with its version. */
  @LuaModule("m")
  record Versioned(int version) implements Port {
    @Handler("who")
    Decision who() {
      return Decision.next().returning((double) version);
    }
  }

  @Test
  void aRequestFinishesOnThePortThatItBeganWith() throws InterruptedException {
    String server =
        "location / { content_by_lua_block { local m = require 'm' local a = m.who() ngx.sleep(0.2)"
            + " ngx.print('v', a, ' ', m.who()) } }";
    try (Seamed seamed = Seamed.java(prefix, new Versioned(1), LUA, "", server)) {
      StringBuilder body = new StringBuilder();
      Thread client = Thread.ofPlatform().start(() -> body.append(seamed.get("/")));
      while (seamed.told.isEmpty()) {
        Thread.sleep(5);
      }
      seamed.installed.replace(ModuleHost.of(List.of(new Versioned(2))));
      client.join();
      assertThat(body).hasToString("v1 1");
      assertThat(seamed.get("/")).isEqualTo("v2 2");
    }
  }

  @Test
  void twoHundredSwapsUnderLoadFailNoRequest() throws InterruptedException {
    String server =
        "location / { content_by_lua_block { local m = require 'm'"
            + " ngx.print(m.who() == m.who() and 'same' or 'torn') } }";
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger answered = new AtomicInteger();
    AtomicInteger wrong = new AtomicInteger();
    try (Seamed seamed = Seamed.java(prefix, new Versioned(0), LUA, "", server)) {
      Runnable load =
          () -> {
            while (!over.get()) {
              if (!"same".equals(seamed.get("/"))) {
                wrong.incrementAndGet();
              }
              answered.incrementAndGet();
            }
          };
      List<Thread> clients =
          List.of(Thread.ofPlatform().start(load), Thread.ofPlatform().start(load));
      for (int i = 1; i <= SWAPS; i++) {
        seamed.installed.replace(ModuleHost.of(List.of(new Versioned(i))));
        Thread.sleep(5);
      }
      over.set(true);
      for (Thread client : clients) {
        client.join();
      }
      assertThat(answered.get()).isPositive();
      assertThat(wrong.get()).isZero();
      assertThat(seamed.told).containsOnly("JAVA answered who");
    }
  }
}
