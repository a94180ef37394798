package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.AllResponseHeaders;
import dev.banyan.api.Chunk;
import dev.banyan.api.Constant;
import dev.banyan.api.DataFiles;
import dev.banyan.api.Decision;
import dev.banyan.api.Dict;
import dev.banyan.api.FailMode;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.Headers;
import dev.banyan.api.Http;
import dev.banyan.api.LastChunk;
import dev.banyan.api.Legacy;
import dev.banyan.api.Log;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Method;
import dev.banyan.api.Metrics;
import dev.banyan.api.Mirror;
import dev.banyan.api.ModuleField;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.Randomness;
import dev.banyan.api.Relevant;
import dev.banyan.api.ResponseHeader;
import dev.banyan.api.ResponseStatus;
import dev.banyan.api.Results;
import dev.banyan.api.Shared;
import dev.banyan.api.Tenant;
import dev.banyan.api.View;
import dev.banyan.api.Writes;
import dev.banyan.host.CallRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a port can read, ask for and answer, with real Lua on the other side. */
final class PortSourcesTest {
  @TempDir Path prefix;

  /** Looks at the response. */
  @LuaModule("m")
  @Writes(responseHeaders = "X-Seen", status = true, chunk = true)
  static final class Filtering implements Port {
    /** The head. */
    record Head(
        @ResponseStatus int status,
        @ResponseHeader("X-One") @Nullable String one,
        @AllResponseHeaders Headers all) {}

    /** A piece. */
    record Piece(@Chunk byte[] bytes, @LastChunk boolean last) {}

    @Handler(value = "head", phase = Phase.HEADER_FILTER)
    Decision head(Head in) {
      return Decision.next()
          .setStatus(203)
          .setResponseHeader("X-Seen", in.status + " " + in.one + " " + in.all.contains("x-two"));
    }

    @Handler("piece")
    Decision piece(Piece in) {
      String text = new String(in.bytes, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
      return Decision.next()
          .setChunk((in.last ? text + "!" : text).getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void filtersSeeTheResponseAndChangeIt() {
    String lua = "return {head = function() end, piece = function() end}";
    String server =
        "location / { content_by_lua_block { ngx.header.x_one = 'a' ngx.header['X-Two'] = 'b'"
            + " ngx.print('text') } header_filter_by_lua_block { require('m').head() }"
            + " body_filter_by_lua_block { require('m').piece() } }";
    try (Seamed seamed = Seamed.java(prefix, new Filtering(), lua, "", server)) {
      assertThat(seamed.served().get("/"))
          .startsWith("HTTP/1.1 203 ")
          .contains("\r\nX-Seen: 200 a true\r\n");
      assertThat(seamed.get("/")).isEqualTo("TEXT!");
    }
  }

  /** Plain functions, methods, constants. */
  @LuaModule("m")
  @Writes(ctx = "object")
  static final class Library implements Port {
    /** What the tenant has. */
    record Auth(String scheme, boolean strict) {}

    /** Settings. */
    record Settings(@Tenant("auth") @Nullable Auth auth, @ModuleField("limit") double limit) {}

    @Function("settings")
    String settings(Settings in, String word, long count) {
      return word + count + " " + in.auth + " " + in.limit;
    }

    @Function("split")
    Results split(String text) {
      int at = text.indexOf(':');
      return at < 0
          ? Results.failure("no colon")
          : Results.of(text.substring(0, at), text.substring(at + 1), true);
    }

    @Function("boom")
    Results boom() {
      return Results.raise("boom");
    }

    @Method(value = "greet", of = "new")
    String greet(View object, String word) {
      return "java: " + word + " " + object.string("name");
    }

    @Constant("version")
    String version() {
      return "2";
    }

    @Constant("limit")
    double limit() {
      return 8;
    }

    @Handler("pick")
    Decision pick(String name) {
      return Decision.next().setCtx("object", Legacy.of("new", name, Map.of("name", name)));
    }
  }

  private static final String LIBRARY =
      """
      local C = {}; C.__index = C
      function C:greet(word) return 'lua: ' .. word .. ' ' .. self.name end
      local m = {limit = 7}
      function m.new(name) return setmetatable({name = name}, C) end
      function m.settings(...) return 'lua' end
      function m.split(text) return 'lua' end
      function m.boom() return 'lua' end
      function m.pick(name) ngx.ctx.object = m.new(name) end
      return m
      """;

  private String library(String lua) {
    String server =
        "location / { content_by_lua_block { local m = require 'm' ngx.print(" + lua + ") } }";
    try (Seamed seamed = Seamed.java(prefix, new Library(), LIBRARY, "", server)) {
      return seamed.get("/");
    }
  }

  @Test
  void tenantSettingsModuleFieldsAndArgumentsArrive() {
    assertThat(
            library(
                "(function() ngx.ctx.tenant = {auth = {scheme = 'jwt', strict = true}}"
                    + " return m.settings('w', 3) end)()"))
        .isEqualTo("w3 Auth[scheme=jwt, strict=true] 7.0");
  }

  @Test
  void anArgumentThatDoesNotFitIsLuasToAnswer() {
    assertThat(library("m.settings('w', 1.5)")).isEqualTo("lua");
  }

  @Test
  void severalResultsAndLuasFailuresGoBack() {
    assertThat(library("table.concat({m.split('a:b')}, ' ', 1, 2)")).isEqualTo("a b");
    assertThat(library("select(2, m.split('ab'))")).isEqualTo("no colon");
    assertThat(library("select(2, pcall(m.boom))")).isEqualTo("boom");
  }

  @Test
  void methodsOfTheLegacysObjectsAreSwitched() {
    assertThat(library("m.new('bob'):greet('hi')")).isEqualTo("java: hi bob");
  }

  @Test
  void readersGetTheLegacysOwnObject() {
    assertThat(library("(function() m.pick('eve') return ngx.ctx.object:greet('yo') end)()"))
        .isEqualTo("java: yo eve");
  }

  @Test
  void constantsFillWhatIsMissingAndTellWhatDiffers() {
    String server =
        "location / { content_by_lua_block { local m = require 'm' ngx.print('v', m.version, m.limit) } }";
    try (Seamed seamed = Seamed.java(prefix, new Library(), LIBRARY, "", server)) {
      assertThat(seamed.get("/")).isEqualTo("v27");
      assertThat(seamed.told).containsOnlyOnce("differs limit");
    }
  }

  /** Uses its doors. */
  @LuaModule("m")
  static final class Worldly implements Port {
    private volatile String loaded = "nothing";

    @Function("world")
    Results world(
        @Shared("d") Dict dict,
        Clock clock,
        Randomness chance,
        Log log,
        Metrics metrics,
        String t) {
      log.error("a line of the port");
      metrics.count("seen", 2);
      double drawn = chance.next();
      return Results.of(
          dict.incr("n", 1, 41).value(),
          clock.millis() == (long) (Double.parseDouble(t) * 1000 + 0.5),
          drawn >= 0 && drawn < 1,
          loaded);
    }

    @Function("call")
    String call(Http http, double port) throws IOException {
      Http.Answer answer = http.get("127.0.0.1", (int) port, "/other");
      return answer.status() + " " + new String(answer.body(), StandardCharsets.ISO_8859_1);
    }

    @Mirror("load")
    void load(DataFiles files, String name) throws IOException {
      loaded = new String(files.read(name), StandardCharsets.ISO_8859_1);
    }
  }

  private static final String WORLDLY =
      "return {world = function() end, call = function() end, load = function() return 'lua' end}";

  @Test
  void theWorldIsReachedThroughDeclaredDoors() throws IOException {
    Files.writeString(prefix.resolve("data.txt"), "data");
    String server =
        "location / { content_by_lua_block { local m = require 'm' local l = m.load('data.txt')"
            + " local a, b, c, d = m.world(tostring(ngx.now()))"
            + " ngx.print(l, ' ', a, ' ', ngx.shared.d:get('n'), ' ', tostring(b), ' ', tostring(c),"
            + " ' ', d) } }";
    try (Seamed seamed =
        Seamed.java(prefix, new Worldly(), WORLDLY, "lua_shared_dict d 1m;", server)) {
      assertThat(seamed.get("/")).isEqualTo("lua 42 42 true true data");
      assertThat(seamed.told).contains("counted seen 2");
      assertThat(seamed.served().awaitLog("error.log", "a line of the port"))
          .contains("a line of the port");
    }
  }

  @Test
  void anHttpCallGivesTheOnlyWorkerToOthersWhileItWaits() {
    String server =
        "location / { content_by_lua_block { ngx.print(require('m').call(PORT)) } }"
            + " location = /other { return 201 answered; }";
    CallRules patient = Seamed.rules(FailMode.LUA, Duration.ofSeconds(30));
    try (Seamed seamed =
        Seamed.java(prefix, new Worldly(), patient, WORLDLY, "lua_shared_dict d 1m;", server)) {
      assertThat(seamed.get("/")).isEqualTo("201 answered");
    }
  }

  /** Meant for some requests. */
  @LuaModule("m")
  @Relevant(hosts = "*.example", paths = "/api/", headers = "X-Beta", features = "flags.new")
  static final class Selective implements Port {
    @Handler("access")
    Decision access() {
      return Decision.next().returning("asked");
    }
  }

  @Test
  void aPortIsAskedForTheRequestsItIsAboutOnly() {
    String server =
        "location / { content_by_lua_block { ngx.ctx.tenant = {flags = {new = ngx.var.arg_f == '1'}}"
            + " ngx.print(tostring((require('m').access()))) } }";
    try (Seamed seamed =
        Seamed.java(
            prefix, new Selective(), "return {access = function() return 'lua' end}", "", server)) {
      assertThat(ask(seamed, "a.example", "/api/x?f=1", "X-Beta: 1\r\n")).endsWith("asked");
      assertThat(ask(seamed, "a.other", "/api/x?f=1", "X-Beta: 1\r\n")).endsWith("nil");
      assertThat(ask(seamed, "a.example", "/x?f=1", "X-Beta: 1\r\n")).endsWith("nil");
      assertThat(ask(seamed, "a.example", "/api/x?f=1", "")).endsWith("nil");
      assertThat(ask(seamed, "a.example", "/api/x?f=0", "X-Beta: 1\r\n")).endsWith("nil");
    }
  }

  private static String ask(Seamed seamed, String host, String target, String field) {
    return seamed
        .served()
        .send("GET " + target + " HTTP/1.0\r\nHost: " + host + "\r\n" + field + "\r\n");
  }
}
