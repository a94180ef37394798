package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Chunk;
import dev.banyan.api.Ctx;
import dev.banyan.api.Decision;
import dev.banyan.api.Dict;
import dev.banyan.api.FailMode;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.Legacy;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Path;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.Randomness;
import dev.banyan.api.Shared;
import dev.banyan.api.View;
import dev.banyan.api.Way;
import dev.banyan.api.Writes;
import dev.banyan.gateway.path.PipelineRule;
import dev.banyan.gateway.seam.ModulePolicy;
import dev.banyan.host.CallRules;
import dev.banyan.nginx.script.LuaPhase;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are served without Lua, and what brings them back to it. */
final class NewPathTest {
  private static final int REQUESTS = 50;
  private static final int ATTEMPTS = 20;

  /** Each function notes in a dict that it was Lua's. */
  private static final String MODULE =
      """
      local m = {}
      local function lua(name) ngx.shared.d:incr('lua ' .. name, 1, 0) end
      function m.uid() lua('uid') return 'L' end
      function m.lookup(id) return setmetatable({ id = id, of = 'lua' }, { __index = { has = 'method' } }) end
      function m.rewrite() lua('rewrite') ngx.ctx.tenant = m.lookup('t') ngx.ctx.seen = { 'a' } end
      function m.access()
        lua('access')
        ngx.shared.d:incr('n', 1, 0)
        ngx.req.set_header('X-Tenant', ngx.ctx.tenant.id)
      end
      function m.last() lua('last') ngx.ctx.last = true end
      function m.balance() lua('balance') require('ngx.balancer').set_current_peer('127.0.0.1', PORT) end
      function m.head() lua('head') ngx.header['X-By'] = 'lua' end
      function m.piece() lua('piece') end
      function m.log() lua('log') end
      return m
      """;

  private static final String SERVER =
      """
      set_by_lua_block $v { return require('m').uid() }
      rewrite_by_lua_block { require('m').rewrite() }
      access_by_lua_block { require('m').access() require('m').last() }
      header_filter_by_lua_block { require('m').head() }
      body_filter_by_lua_block { require('m').piece() }
      log_by_lua_block { require('m').log() }
      proxy_set_header X-V $v;
      location / { proxy_pass http://up; }
      location /lua { content_by_lua_block {
        local t = ngx.ctx.tenant
        ngx.print(t.id, ' ', t.of, ' ', t.has or '-', ' ', #ngx.ctx.seen, ngx.ctx.seen[2]) } }
      location = /own { access_by_lua_block { require('m').last() } proxy_pass http://up; }
      """;
  private static final String ORIGIN =
      """
      lua_shared_dict d 1m;
      upstream up { server 0.0.0.1; balancer_by_lua_block { require('m').balance() } }
      server { listen 127.0.0.1:ORIGIN; location / { return 200 "$http_x_tenant $http_x_v"; } }
      """;
  private static final List<PipelineRule> PIPELINE =
      List.of(
          Seamed.rule(LuaPhase.SET, "m.uid"),
          Seamed.rule(LuaPhase.REWRITE, "m.rewrite"),
          Seamed.rule(LuaPhase.ACCESS, "m.access", "m.last"),
          Seamed.placed(LuaPhase.BALANCER, null, "up", "m.balance"),
          Seamed.rule(LuaPhase.HEADER_FILTER, "m.head"),
          Seamed.rule(LuaPhase.BODY_FILTER, "m.piece"),
          Seamed.rule(LuaPhase.LOG, "m.log"));

  @TempDir java.nio.file.Path prefix;

  /** Answers everything; the access handler does what the test wants. */
  @LuaModule("m")
  @Writes(
      ctx = {"tenant", "seen", "last"},
      requestHeaders = "X-Tenant",
      responseHeaders = "X-By",
      chunk = true,
      peer = true)
  static final class Everything implements Port {
    final int origin;
    volatile String access = "next";

    Everything(int origin) {
      this.origin = origin;
    }

    /** What the first has put there for the others. */
    record Tenant(@Ctx("tenant") View tenant, @Ctx("seen") View seen, @Path String path) {}

    /** A piece. */
    record Piece(@Chunk byte[] bytes) {}

    @Function("uid")
    String uid(Randomness chance, Clock clock) {
      return "J" + (chance.next() < 1) + (clock.millis() > 0);
    }

    @Handler(value = "rewrite", phase = Phase.REWRITE)
    Decision rewrite() {
      return Decision.next()
          .setCtx("tenant", Legacy.of("lookup", "t", Map.of("id", "t", "of", "java")))
          .setCtx("seen", List.of("a", "b"));
    }

    @Handler(value = "access", phase = Phase.ACCESS)
    Decision access(Tenant in, @Shared("d") Dict dict) {
      switch (access) {
        case "decline" -> {
          return Decision.decline("not today");
        }
        case "throw" -> throw new IllegalStateException("no");
        case "late" -> {
          dict.incr("n", 1, 0);
          throw new IllegalStateException("late");
        }
        case "respond" -> {
          return Decision.respond(418, "short and stout");
        }
        case "redirect" -> {
          return Decision.redirect("/elsewhere", 302);
        }
        case "internal" -> {
          access = "next";
          return Decision.internalRedirect("/inner", "a=1");
        }
        default -> dict.incr("n", 1, 0);
      }
      return Decision.next()
          .setRequestHeader("X-Tenant", in.tenant.string("id") + in.seen.length() + in.path);
    }

    @Handler(value = "last", phase = Phase.ACCESS)
    Decision last() {
      return Decision.next().setCtx("last", true);
    }

    @Handler(value = "balance", phase = Phase.BALANCER)
    Decision balance() {
      return Decision.next().setPeer("127.0.0.1", origin);
    }

    @Handler(value = "head", phase = Phase.HEADER_FILTER)
    Decision head() {
      return Decision.next().setResponseHeader("X-By", "java");
    }

    @Handler(value = "piece", phase = Phase.BODY_FILTER)
    Decision piece(Piece in) {
      return Decision.next()
          .setChunk(
              new String(in.bytes, StandardCharsets.ISO_8859_1)
                  .replace('t', 'T')
                  .getBytes(StandardCharsets.ISO_8859_1));
    }

    @Handler(value = "log", phase = Phase.LOG)
    Decision log() {
      return Decision.next();
    }
  }

  private final int origin = Served.freePort();
  private volatile Way way = Way.JAVA;
  private final Everything port = new Everything(origin);

  private Seamed seamed(ModulePolicy policy, FailMode mode) {
    CallRules rules = Seamed.rules(mode, Duration.ofSeconds(30));
    String lua = MODULE.replace("PORT", String.valueOf(origin));
    String http = ORIGIN.replace("ORIGIN", String.valueOf(origin));
    return Seamed.without(prefix, policy, List.of(port), rules, lua, http, SERVER, PIPELINE);
  }

  private Seamed java() {
    return seamed(() -> (_, _) -> Way.JAVA, FailMode.LUA);
  }

  @Test
  void aRequestWhosePortsAnswerIsServedWithoutLua() {
    try (Seamed seamed = java()) {
      long before = seamed.served().gateway().luaEntries();
      String answer = seamed.served().get("/x");
      assertThat(answer).contains("\r\nX-By: java\r\n").endsWith("T2/x JTrueTrue");
      assertThat(seamed.told).contains("without Lua").noneMatch(t -> t.startsWith("LUA"));
      assertThat(seamed.served().gateway().luaEntries()).isEqualTo(before);
    }
  }

  @Test
  void noValueOfLuaIsMadeOnTheWay() throws JMException {
    try (Seamed seamed = seamed(() -> (_, _) -> way, FailMode.LUA)) {
      assertThat(made(seamed)).isZero();
      assertThat(seamed.told.stream().filter("without Lua"::equals)).hasSizeGreaterThan(REQUESTS);
      way = Way.LUA;
      assertThat(made(seamed)).isGreaterThan(REQUESTS);
    }
  }

  /** How many values of Lua the requests make; asked again where a collection has hidden some. */
  private static long made(Seamed seamed) throws JMException {
    seamed.served().get("/warm");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      ManagementFactory.getMemoryMXBean().gc();
      long collections = collections();
      long before = luaObjects();
      for (int i = 0; i < REQUESTS; i++) {
        seamed.served().get("/x");
      }
      long made = luaObjects() - before;
      if (collections() == collections) {
        return made;
      }
    }
    throw new AssertionError("a collection came in between each time");
  }

  /** Objects of Lua's value types that were made since the last collection, dead ones included. */
  private static long luaObjects() throws JMException {
    Object text =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[] {"-all"}},
                new String[] {String[].class.getName()});
    Matcher line =
        Pattern.compile(
                "\\d+:\\s+(\\d+)\\s+\\d+\\s+\\[?L?(org\\.luaj\\.|dev\\.banyan\\.lua\\.Table)")
            .matcher(String.valueOf(text));
    long count = 0;
    while (line.find()) {
      count += Long.parseLong(line.group(1));
    }
    return count;
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(gc -> gc.getCollectionCount())
        .sum();
  }

  @Test
  void luaGetsTheLegacysOwnObjectsWhenItIsEnteredLater() {
    try (Seamed seamed = java()) {
      assertThat(seamed.get("/lua")).isEqualTo("T lua meThod 2b");
      assertThat(seamed.told)
          .contains("JAVA answered access")
          .last()
          .asString()
          .startsWith("in Lua: [no pipeline for content_by_lua of location /lua (nginx.conf:");
    }
  }

  @Test
  void luaAnswersACallThatItsPortDeclinesAndTheOthersStayJavas() {
    port.access = "decline";
    try (Seamed seamed = java()) {
      assertThat(seamed.get("/x")).startsWith("T J");
      assertThat(seamed.told)
          .contains("fell back: declined: not today", "LUA answered access", "JAVA answered last")
          .containsOnlyOnce("LUA answered access")
          .contains("in Lua: [m.access was left to Lua]")
          .doesNotContain("LUA answered last", "LUA answered rewrite");
    }
  }

  @Test
  void aFailedCallIsLuasOnceWhileNothingHasHappenedAndRefusedAfterwards() {
    try (Seamed seamed = java()) {
      port.access = "throw";
      assertThat(seamed.get("/x")).startsWith("T J");
      port.access = "late";
      assertThat(seamed.served().get("/x")).startsWith("HTTP/1.1 500 ");
      assertThat(seamed.told).containsOnlyOnce("LUA answered access");
    }
  }

  @Test
  void failModesHoldAsAtTheSeam() {
    port.access = "throw";
    try (Seamed seamed = seamed(() -> (_, _) -> Way.JAVA, FailMode.CLOSED)) {
      assertThat(seamed.served().get("/x")).startsWith("HTTP/1.1 500 ");
    }
    try (Seamed seamed = seamed(() -> (_, _) -> Way.JAVA, FailMode.OPEN)) {
      assertThat(seamed.get("/x")).isEqualTo(" JTrueTrue");
      assertThat(seamed.told).contains("without Lua");
    }
  }

  @Test
  void portsEndRequestsAsLuaWould() {
    try (Seamed seamed = java()) {
      port.access = "respond";
      assertThat(seamed.served().get("/x")).startsWith("HTTP/1.1 418 ").contains("shorT and sTouT");
      port.access = "redirect";
      assertThat(seamed.served().get("/x"))
          .startsWith("HTTP/1.1 302 ")
          .contains("\r\nLocation: /elsewhere\r\n");
      port.access = "internal";
      assertThat(seamed.get("/x")).startsWith("T2/inner ");
      assertThat(seamed.told).doesNotContain("in Lua").noneMatch(t -> t.startsWith("LUA"));
    }
  }

  @Test
  void aModuleThatGoesBackToLuaTakesItsRequestsAlongAtOnce() {
    try (Seamed seamed = seamed(() -> (_, _) -> way, FailMode.LUA)) {
      seamed.served().get("/x");
      way = Way.LUA;
      assertThat(seamed.get("/x")).isEqualTo("t L");
      assertThat(seamed.told).last().isEqualTo("in Lua: [m is in Lua]");
      way = Way.SHADOW;
      assertThat(seamed.get("/x")).isEqualTo("t L");
      assertThat(seamed.told).last().asString().startsWith("in Lua: [m is in shadow");
    }
  }

  @Test
  void aModuleThatIsDecidedOtherwiseAtItsCallIsLuasFromThereOn() {
    ModulePolicy changing = () -> new Changing();
    try (Seamed seamed = seamed(changing, FailMode.LUA)) {
      assertThat(seamed.get("/x")).startsWith("t L");
      assertThat(seamed.told).contains("LUA answered rewrite", "LUA answered access");
    }
  }

  /** Expects Java, decides for Lua. */
  private static final class Changing implements ModulePolicy.Plan {
    @Override
    public Way way(String module, dev.banyan.host.CallView call) {
      return Way.LUA;
    }

    @Override
    public Way expected(String module, dev.banyan.host.CallView call) {
      return Way.JAVA;
    }
  }

  @Test
  void anUpgradeAndAHandlerWithoutAPipelineStayInLua() {
    try (Seamed seamed = java()) {
      seamed.served().get("/x", "Upgrade: websocket\r\n");
      assertThat(seamed.told).last().isEqualTo("in Lua: [the client asks for an upgrade]");
      assertThat(seamed.get("/own")).isEqualTo(" JTrueTrue");
      assertThat(seamed.told)
          .last()
          .asString()
          .startsWith("in Lua: [no pipeline for access_by_lua of location = /own (nginx.conf:");
    }
  }
}
