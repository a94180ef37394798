package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port that is for another phase than the one in which the Lua is called. */
final class OtherPhaseTest {
  private static final String SERVER =
      "location / { access_by_lua_block { ngx.ctx.by = require('m').who() }"
          + " content_by_lua_block { ngx.print(ngx.ctx.by, ' ', require('m').who()) } }";

  @TempDir Path prefix;

  /** For the access phase. */
  @LuaModule("m")
  static final class InAccess implements Port {
    @Handler(value = "who", phase = Phase.ACCESS)
    Decision who() {
      return Decision.next().returning("java");
    }
  }

  @Test
  void luaAnswersThereAndItIsToldOnce() {
    String lua = "return {who = function() return 'lua' end}";
    try (Seamed seamed = Seamed.java(prefix, new InAccess(), lua, "", SERVER)) {
      assertThat(seamed.get("/")).isEqualTo("java lua");
      assertThat(seamed.get("/")).isEqualTo("java lua");
      assertThat(seamed.told)
          .containsExactly("JAVA answered who", "who is called in content", "JAVA answered who");
    }
  }
}
