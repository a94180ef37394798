package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.Handler;
import dev.banyan.api.Header;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import dev.banyan.api.Writes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call that nobody could observe is Lua's alone. */
final class ShedShadowTest {
  private static final String MODULE =
      """
      local m = {}
      function m.access()
        ngx.var.who = ngx.req.get_headers()['x-name'] or 'nobody'
      end
      return m
      """;

  private static final String SERVER =
      """
      set $who '';
      location / {
        access_by_lua_block { require('m').access() }
        content_by_lua_block { ngx.print('hello ', ngx.var.who) }
      }
      """;

  @TempDir Path prefix;

  /** Greets as the Lua does. */
  @LuaModule("m")
  @Writes(vars = "who")
  static final class Greeter implements Port {
    record Input(@Header("x-name") String name) {}

    @Handler("access")
    Decision access(Input in) {
      return Decision.next().setVar("who", in.name() == null ? "nobody" : in.name());
    }
  }

  @Test
  void whileThereIsNoRoomLuaAnswersAndNothingIsNoted() throws InterruptedException {
    try (Seamed seamed = Seamed.shadow(prefix, new Greeter(), MODULE, "", SERVER)) {
      seamed.full = true;
      assertThat(seamed.get("/", "X-Name: Ada\r\n")).isEqualTo("hello Ada");
      seamed.full = false;
      assertThat(seamed.get("/", "X-Name: Grace\r\n")).isEqualTo("hello Grace");

      assertThat(seamed.samples(1))
          .singleElement()
          .satisfies(sample -> {
            assertThat(sample.control().state()).containsEntry("var who", "Grace");
            assertThat(sample.candidate().get().observed()).isEqualTo(sample.control());
          });
      assertThat(seamed.told).containsExactly("LUA answered access", "LUA answered access");
    }
  }
}
