package dev.banyan.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.api.Journal;
import dev.banyan.api.Journal.Entry;
import dev.banyan.api.Phase;
import dev.banyan.gateway.LuaHomes;
import dev.banyan.lua.BranchOutcome;
import dev.banyan.lua.replay.CannotReplay;
import dev.banyan.lua.replay.LuaReplay;
import dev.banyan.lua.replay.LuaReplay.Replayed;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.lua.seam.RecordedState;
import dev.banyan.nginx.NginxConf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LuaRunTest {
  private static final String CONF =
      """
      events {}
      http {
        lua_package_path "$prefix/lua/?.lua;;";
        lua_shared_dict d 1m;
        init_by_lua_block { require("people").load() }
      }
      """;
  private static final String PEOPLE =
      """
      local Person = {}
      function Person:has(what) return self.features[what] == true end
      local M = {}
      function M.load() M.loaded = true end
      function M.make(t) return setmetatable(t, { __index = Person }) end
      return M
      """;
  private static final String MODULE =
      """
      local people = require "people"
      local M = { LIMIT = 3 }
      function M.time() return ngx.now() end
      function M.draws() return math.random(), math.random(10), math.random(5, 6) end
      function M.count(key) return ngx.shared.d:incr(key, 1, 0), (ngx.shared.d:get(key)) end
      function M.ask(host)
        local socket = ngx.socket.tcp()
        local ok, err = socket:connect(host, 7)
        if not ok then return nil, err end
        socket:send("hi\\n")
        return socket:receive("*l")
      end
      function M.access()
        if people.loaded and ngx.ctx.person:has("vip") then
          ngx.req.set_header("X-Vip", ngx.var.arg_n or "none")
          return
        end
        ngx.status = 403
        ngx.say("no")
        return ngx.exit(403)
      end
      return M
      """;

  @TempDir Path prefix;

  private LuaReplay open(String module, List<RecordedCall> calls) {
    try {
      Files.createDirectories(prefix.resolve("lua"));
      Files.writeString(prefix.resolve("nginx.conf"), CONF);
      Files.writeString(prefix.resolve("lua/people.lua"), PEOPLE);
      Files.writeString(prefix.resolve("lua/m.lua"), module);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    NginxConf conf = NginxConf.load(prefix.resolve("nginx.conf"), prefix);
    return LuaReplay.open(LuaHomes.of(conf), "m", calls, 2);
  }

  private static RecordedState state(String args, Map<String, @Nullable Object> ctx) {
    return new RecordedState(
        "GET",
        "/?" + args,
        "/",
        args,
        List.of(),
        Map.of("remote_addr", "127.0.0.1"),
        ctx,
        0,
        List.of(),
        null,
        null,
        false,
        null,
        0);
  }

  private static RecordedCall call(
      String function, List<@Nullable Object> arguments, Journal journal, RecordedState state) {
    return new RecordedCall(
        "m",
        function,
        Phase.ACCESS,
        arguments,
        Map.of(),
        state.ctx().isEmpty() ? Map.of() : Map.of("ctx person", Map.of("has", "lua/people.lua:2")),
        state,
        state,
        List.of(),
        null,
        null,
        null,
        journal,
        false,
        List.of(),
        List.of());
  }

  private static RecordedCall call(
      String function, List<@Nullable Object> arguments, Entry... entries) {
    Journal journal = new Journal(1_700_000_000_500L);
    for (Entry entry : entries) {
      journal.add(entry, 0);
    }
    return call(function, arguments, journal, state("", Map.of()));
  }

  private static RecordedCall person(boolean vip, String args) {
    Map<String, @Nullable Object> ctx = Map.of("person", Map.of("features", Map.of("vip", vip)));
    return call("access", List.of(), new Journal(1_000), state(args, ctx));
  }

  private static RecordedCall ran(LuaReplay lua, RecordedCall call) {
    return ((Replayed.Ran) lua.replay(call)).call();
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void luaIsGivenTheWorldThatWasRecorded() {
    List<RecordedCall> calls =
        List.of(
            call("time", List.of()),
            call(
                "draws",
                List.of(),
                new Entry.Draw(0.25),
                new Entry.Draw(0.25),
                new Entry.Draw(0.75)),
            call("count", List.of("k"), new Entry.DictCall("d", "incr", "k", List.of(1d, 0d), 8d)),
            call(
                "ask",
                List.of("there"),
                new Entry.Connected(3, Journal.Transport.TCP, "there", 7),
                new Entry.Received(3, octets("hello\n"))));
    try (LuaReplay lua = open(MODULE, calls)) {
      assertThat(ran(lua, calls.get(0)).results()).containsExactly(1_700_000_000.5);
      assertThat(ran(lua, calls.get(1)).results()).containsExactly(0.25, 3d, 6d);
      assertThat(ran(lua, calls.get(2)).results()).containsExactly(8d, 8d);
      assertThat(ran(lua, calls.get(3)).results()).containsExactly("hello");
      assertThat(ran(lua, call("ask", List.of("elsewhere"))).results())
          .containsExactly(null, "connection refused");
      assertThat(ran(lua, call("count", List.of("other"))).results()).containsExactly(1d, 1d);
    }
  }

  @Test
  void objectsHaveTheirMethodsAgain() {
    List<RecordedCall> calls = List.of(person(true, "n=4"), person(false, ""));
    try (LuaReplay lua = open(MODULE, calls)) {
      RecordedCall vip = ran(lua, calls.get(0));
      assertThat(vip.after().requestHeaders())
          .containsExactly(new RecordedState.Field("X-Vip", "4"));
      assertThat(vip.methods()).containsKey("ctx person");
      RecordedCall other = ran(lua, calls.get(1));
      assertThat(other.ending()).isEqualTo("Exit[status=403]");
      assertThat(other.printed()).isEqualTo("no\n");
    }
  }

  @Test
  void aVectorThatLuaNoLongerAnswersSoIsTold() {
    List<RecordedCall> inputs = List.of(person(true, "n=4"), person(false, ""));
    List<Vector> vectors = new ArrayList<>();
    try (LuaReplay lua = open(MODULE, inputs)) {
      for (RecordedCall input : inputs) {
        vectors.add(new Vector("v" + vectors.size(), ran(lua, input)));
      }
      LuaRun run = LuaRun.of(lua, vectors, _ -> {});
      assertThat(run.stale()).isEmpty();
      assertThat(run.summary()).isEqualTo("Lua: 2 vectors: 2 as recorded");
      assertThat(run.coverage().missingBranches())
          .extracting(BranchOutcome::never)
          .contains("arg_n is never nil or false", "loaded is never nil or false");
    }
    try (LuaReplay lua =
        open(MODULE.replace("or \"none\"", "").replace("\"no\"", "\"never\""), inputs)) {
      LuaRun run = LuaRun.of(lua, vectors, _ -> {});
      assertThat(run.summary()).isEqualTo("Lua: 2 vectors: 1 as recorded, 1 otherwise");
      assertThat(ResultText.of(run.stale().getFirst()))
          .contains("vector v1: m.access() in access of GET /?")
          .contains("body\n    recorded: \"no\\n\"\n    Lua now:  \"never\\n\"");
    }
  }

  @Test
  void whatCannotBeRunIsToldWithTheReason() {
    RecordedCall gone = call("gone", List.of());
    try (LuaReplay lua = open(MODULE, List.of(gone))) {
      assertThat(lua.replay(gone))
          .isEqualTo(new Replayed.CouldNot("the module has no function \"gone\" any more"));
    }
    assertThatThrownBy(() -> open("return function() end", List.of()).close())
        .isInstanceOf(CannotReplay.class)
        .hasMessageContaining("m can't be replayed: it returns a function");
    assertThatThrownBy(() -> open("syntax error", List.of()).close())
        .isInstanceOf(CannotReplay.class)
        .hasMessageContaining("m can't be loaded: ");
  }

  @Test
  void aCallThatNeverEndsIsStopped() {
    RecordedCall endless = call("f", List.of());
    try (LuaReplay lua = open("return { f = function() while true do end end }", List.of())) {
      assertThat(lua.replay(endless)).isInstanceOf(Replayed.class);
    }
  }
}
