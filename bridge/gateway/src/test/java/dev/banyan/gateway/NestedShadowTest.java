package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import dev.banyan.gateway.seam.ShadowSample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shadowed call inside another leaves the outer one's observation whole. */
final class NestedShadowTest {
  private static final String MODULE =
      """
      package.preload.inner = function() return {name = function() return 'x' end} end
      local m = {}
      function m.access()
        local inner = require 'inner'
        ngx.print('before ')
        ngx.print(inner.name(), ' ')
        ngx.print('after')
        return ngx.exit(200)
      end
      return m
      """;

  @TempDir Path prefix;

  /** Answers as the Lua does. */
  @LuaModule("m")
  static final class Outer implements Port {
    @Handler("access")
    Decision access() {
      return Decision.next().responding(200, "before x after");
    }
  }

  /** Names as the Lua does. */
  @LuaModule("inner")
  static final class Inner implements Port {
    @Function("name")
    String name() {
      return "x";
    }
  }

  @Test
  void theOuterCallsBodyIsSeenToItsEnd() throws InterruptedException {
    String server = "location / { access_by_lua_block { require('m').access() } }";
    List<Port> ports = List.of(new Outer(), new Inner());
    try (Seamed seamed = Seamed.shadow(prefix, ports, MODULE, "", server)) {
      assertThat(seamed.get("/")).isEqualTo("before x after");
      Map<String, ShadowSample> samples =
          seamed.samples(2).stream()
              .collect(Collectors.toMap(ShadowSample::module, sample -> sample));
      assertThat(samples).containsOnlyKeys("m", "inner");
      ShadowSample outer = Objects.requireNonNull(samples.get("m"));
      assertThat(outer.control().body()).isEqualTo("before x after");
      assertThat(outer.candidate().get().observed()).isEqualTo(outer.control());
    }
  }
}
