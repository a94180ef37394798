package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.FailMode;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Path;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.Relevant;
import dev.banyan.api.Way;
import dev.banyan.api.Writes;
import dev.banyan.gateway.path.PipelineRule;
import dev.banyan.gateway.seam.ModulePolicy;
import dev.banyan.host.CallView;
import dev.banyan.nginx.script.LuaPhase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A declared pipeline asks the ports that are about the request, as it is when their turn comes.
 */
final class PipelineRelevanceTest {
  private static final String SERVER =
      """
      access_by_lua_block { require('m').access() require('n').access() require('o').access() }
      location / { proxy_pass http://127.0.0.1:ORIGIN; }
      """;
  private static final String ORIGIN =
      "server { listen 127.0.0.1:ORIGIN; location / { return 200 ok; } }";
  private static final List<PipelineRule> PIPELINE =
      List.of(Seamed.rule(LuaPhase.ACCESS, "m.access", "n.access", "o.access"));

  @TempDir java.nio.file.Path prefix;

  /** How the modules come to be Java's. */
  enum Flags {
    /** For every request, so that the pipeline picks its calls. */
    ALWAYS,
    /** For this request, so that each call is asked about. */
    DECIDED
  }

  /** Decides what the others are about. */
  @LuaModule("m")
  @Writes(ctx = "tenant", uri = true, requestHeaders = "X-Beta", responseHeaders = "X-M")
  static final class First implements Port {
    /** What it goes by. */
    record In(@Path String path) {}

    @Handler(value = "access", phase = Phase.ACCESS)
    Decision access(In in) {
      Decision next = Decision.next().setResponseHeader("X-M", "ran");
      return switch (in.path()) {
        case "/feature" -> next.setCtx("tenant", Map.of("n", Map.of("on", true)));
        case "/off" -> next.setCtx("tenant", Map.of("n", Map.of("on", false)));
        case "/old" -> next.setUri("/api/new");
        case "/api/lost" -> next.setUri("/lost");
        default -> next;
      };
    }
  }

  /** Is about tenants with a feature. */
  @LuaModule("n")
  @Relevant(features = "n.on")
  @Writes(responseHeaders = "X-N")
  static final class Second implements Port {
    @Handler(value = "access", phase = Phase.ACCESS)
    Decision access() {
      return Decision.next().setResponseHeader("X-N", "ran");
    }
  }

  /** Is about a part of the paths. */
  @LuaModule("o")
  @Relevant(paths = "/api/")
  @Writes(responseHeaders = "X-O")
  static final class Third implements Port {
    @Handler(value = "access", phase = Phase.ACCESS)
    Decision access() {
      return Decision.next().setResponseHeader("X-O", "ran");
    }
  }

  /** Everything is Java's. */
  private record Java(boolean always) implements ModulePolicy.Plan {
    private static final Map<String, Way> ALL = Map.of("m", Way.JAVA, "n", Way.JAVA, "o", Way.JAVA);

    @Override
    public Way way(String module, CallView call) {
      return Way.JAVA;
    }

    @Override
    public Map<String, Way> settled() {
      return always ? ALL : Map.of();
    }
  }

  @ParameterizedTest
  @EnumSource(Flags.class)
  void eachPortIsAskedWhenTheRequestHasBecomeOneThatItIsAbout(Flags flags) {
    List<Port> ports = List.of(new First(), new Second(), new Third());
    String origin = String.valueOf(Served.freePort());
    ModulePolicy policy = () -> new Java(flags == Flags.ALWAYS);
    try (Seamed seamed =
        Seamed.without(
            prefix,
            policy,
            ports,
            Seamed.rules(FailMode.LUA, Duration.ofSeconds(30)),
            "return {}",
            ORIGIN.replace("ORIGIN", origin),
            SERVER.replace("ORIGIN", origin),
            PIPELINE)) {
      assertThat(asked(seamed, "/plain")).isEqualTo("M");
      assertThat(asked(seamed, "/feature")).isEqualTo("MN");
      assertThat(asked(seamed, "/off")).isEqualTo("M");
      assertThat(asked(seamed, "/api/x")).isEqualTo("MO");
      assertThat(asked(seamed, "/old")).isEqualTo("MO");
      assertThat(asked(seamed, "/api/lost")).isEqualTo("M");
      assertThat(seamed.told).contains("without Lua").noneMatch(t -> t.startsWith("in Lua"));
    }
  }

  private static String asked(Seamed seamed, String path) {
    String head = seamed.served().get(path);
    assertThat(head).startsWith("HTTP/1.1 200 ");
    StringBuilder asked = new StringBuilder();
    for (String name : List.of("M", "N", "O")) {
      asked.append(head.contains("\r\nX-" + name + ": ran\r\n") ? name : "");
    }
    return asked.toString();
  }
}
