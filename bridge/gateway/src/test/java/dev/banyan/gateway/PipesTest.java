package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import dev.banyan.api.Writes;
import dev.banyan.gateway.seam.ShadowSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of Lua in a server: how often they are started, and how long they live. */
final class PipesTest {
  @TempDir Path prefix;

  /** Knows what the process would say. */
  @LuaModule("m")
  @Writes(ctx = "said")
  static final class Knowing implements Port {
    @Handler("access")
    Decision access() {
      return Decision.next().setCtx("said", "hello");
    }
  }

  @Test
  void aShadowedCallStartsItsProcessOnceAndTheCandidateIsTold()
      throws IOException, InterruptedException {
    Path told = prefix.resolve("told");
    String module =
        """
        local pipe = require 'ngx.pipe'
        local m = {}
        function m.access()
          local proc = pipe.spawn('echo x >> %s; echo hello')
          ngx.ctx.said = proc:stdout_read_line()
          proc:wait()
        end
        return m
        """
            .formatted(told);
    String server =
        "location / { access_by_lua_block { require('m').access() }"
            + " content_by_lua_block { ngx.print(ngx.ctx.said) } }";
    try (Seamed seamed = Seamed.shadow(prefix, new Knowing(), module, "", server)) {
      assertThat(seamed.get("/")).isEqualTo("hello");
      ShadowSample.Candidate ran = seamed.samples(1).getFirst().candidate().get();
      assertThat(Objects.requireNonNull(ran.observed()).state().get("world"))
          .isEqualTo(
              "did not do what the control did: start of /bin/sh -c echo x >> %s; echo hello"
                  .formatted(told));
      assertThat(Files.readString(told)).isEqualTo("x\n");
    }
  }

  @Test
  void aProcessOfAWorkerThatEndsIsKilled() throws InterruptedException {
    String server =
        """
        location / { content_by_lua_block {
          kept = require('ngx.pipe').spawn({'sleep', '60'})
          ngx.header['X-Pid'] = kept:pid()
        } }
        """;
    ProcessHandle process;
    try (Served served = Served.server(prefix, "", server)) {
      String pid = served.get("/").replaceAll("(?s).*X-Pid: ([0-9]+)\r.*", "$1");
      process = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
      assertThat(process.isAlive()).isTrue();
    }
    for (int i = 0; i < 250 && process.isAlive(); i++) {
      Thread.sleep(20);
    }
    assertThat(process.isAlive()).isFalse();
  }
}
