package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import dev.banyan.gateway.seam.ShadowSample;
import dev.banyan.gateway.seam.Traffic;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shadowed call says what kind of traffic it belongs to. */
final class TrafficTest {
  @TempDir Path prefix;

  @LuaModule("m")
  record Passing() implements Port {
    @Handler("access")
    Decision access() {
      return Decision.next();
    }

    @Handler("log")
    Decision log() {
      return Decision.next();
    }
  }

  @Test
  void theRouteIsAsTheConfigurationWritesItAndTheStatusComesWithTheResponse()
      throws InterruptedException {
    String module =
        """
        local m = {}
        function m.access() ngx.var.tier = 'gold' end
        function m.log() end
        return m
        """;
    String server =
        """
        set $tier '';
        location ~* \\.php$ {
          access_by_lua_block { require('m').access() }
          log_by_lua_block { require('m').log() }
          return 404;
        }
        location = /x {
          access_by_lua_block { require('m').access() }
          content_by_lua_block { ngx.say('x') }
        }
        """;
    try (Seamed seamed = Seamed.shadow(prefix, new Passing(), module, "", server)) {
      seamed.get("/x");
      seamed.get("/A.PHP");
      assertThat(seamed.samples(3))
          .extracting(ShadowSample::traffic)
          .contains(
              new Traffic(List.of("gold", ""), "= /x", "GET", 0),
              new Traffic(List.of("", ""), "~* \\.php$", "GET", 404));
    }
  }
}
