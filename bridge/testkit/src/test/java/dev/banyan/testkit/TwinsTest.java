package dev.banyan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.api.Ctx;
import dev.banyan.api.Decision;
import dev.banyan.api.Handler;
import dev.banyan.api.Header;
import dev.banyan.api.Journal;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.Writes;
import dev.banyan.gateway.LuaHomes;
import dev.banyan.host.BoundPort;
import dev.banyan.host.ModuleHost;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.lua.seam.RecordedState;
import dev.banyan.nginx.NginxConf;
import dev.banyan.vectors.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TwinsTest {
  private static final String MODULE =
      """
      local M = {}
      function M.access()
        local size = ngx.ctx.limit.size
        local agent = ngx.var.http_user_agent
        if agent and #agent > size then
          ngx.var.verdict = "long"
        end
      end
      return M
      """;

  @TempDir Path prefix;

  /** What {@code access} reads. */
  public record Input(
      @Header("User-Agent") @Nullable String agent, @Ctx("limit.size") @Nullable Double size) {}

  /** Does as Lua. */
  @LuaModule("m")
  @Writes(vars = "verdict")
  public record Faithful() implements Port {
    /** Replaces {@code access}. */
    @Handler(value = "access", phase = Phase.ACCESS)
    public Decision access(Input in) {
      Double size = in.size();
      if (size == null && in.agent() != null) {
        throw new IllegalStateException("Lua fails here, too");
      }
      boolean isLong = in.agent() != null && size != null && in.agent().length() > size;
      return isLong ? Decision.next().setVar("verdict", "long") : Decision.next();
    }
  }

  /** Is wrong at the border. */
  @LuaModule("m")
  @Writes(vars = "verdict")
  public record Wrong() implements Port {
    /** Replaces {@code access}. */
    @Handler(value = "access", phase = Phase.ACCESS)
    public Decision access(Input in) {
      Double size = in.size();
      boolean isLong = in.agent() != null && size != null && in.agent().length() >= size;
      return isLong ? Decision.next().setVar("verdict", "long") : Decision.next();
    }
  }

  private Twins twins(Port port, int cases) {
    try {
      Files.createDirectories(prefix.resolve("lua"));
      Files.writeString(
          prefix.resolve("nginx.conf"),
          "events {} http { lua_package_path '$prefix/lua/?.lua;;'; }");
      Files.writeString(prefix.resolve("lua/m.lua"), MODULE);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    BoundPort bound = ModuleHost.of(List.of(port)).ports().iterator().next();
    NginxConf conf = NginxConf.load(prefix.resolve("nginx.conf"), prefix);
    List<Vector> vectors = List.of(vector("a", "curl", 10d), vector("b", "Mozilla/5.0 (X11)", 10d));
    return new Twins(LuaHomes.of(conf), bound, vectors, cases, 1);
  }

  private static Vector vector(String name, String agent, double size) {
    RecordedState state =
        new RecordedState(
            "GET",
            "/",
            "/",
            "",
            List.of(
                new RecordedState.Field("Host", "a"), new RecordedState.Field("User-Agent", agent)),
            Map.of("verdict", "", "http_user_agent", agent),
            Map.of("limit", Map.of("size", size)),
            0,
            List.of(),
            null,
            null,
            false,
            null,
            0);
    return new Vector(
        name,
        new RecordedCall(
            "m",
            "access",
            Phase.ACCESS,
            List.of(),
            Map.of(),
            Map.of(),
            state,
            state,
            List.of(),
            null,
            null,
            null,
            new Journal(0),
            false,
            List.of(),
            List.of()));
  }

  @Test
  void aPortThatDoesAsLuaPassesAllCases() {
    assertThatCode(() -> twins(new Faithful(), 300).check()).doesNotThrowAnyException();
  }

  @Test
  void aWrongPortIsShownTheSmallestInputThatTellsIt() {
    assertThatThrownBy(() -> twins(new Wrong(), 300).check())
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("m: Lua and Java differ\nvector generated: m.access() in access")
        .hasMessageContaining(
            "var verdict\n    expected, as Lua: nothing\n    but the port:     \"long\"")
        .hasMessageContaining("-Dtwin.seed=");
    String text = message();
    assertThat(text.lines().count()).isLessThan(12);
  }

  @Test
  void theSameSeedMakesTheSameInputs() {
    String first = message();
    assertThat(message()).isEqualTo(first);
  }

  private String message() {
    try {
      twins(new Wrong(), 300).check();
      return "";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }
}
