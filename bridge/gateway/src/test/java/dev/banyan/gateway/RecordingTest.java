package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.api.Decision;
import dev.banyan.api.Handler;
import dev.banyan.api.Journal;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.Writes;
import dev.banyan.lua.BranchOutcome;
import dev.banyan.lua.seam.CallRecorder;
import dev.banyan.lua.seam.CannotRecord;
import dev.banyan.lua.seam.RecordedCall;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of a Lua module are recorded whole, and go on as if nobody listened. */
final class RecordingTest {
  private static final String SERVER =
      """
      set $mark '';
      location / {
        access_by_lua_block { ngx.ctx.tenant = { id = 't', waf = { 'a', 'b' } } require('m').access() }
        content_by_lua_block { ngx.print(ngx.var.mark, ' ', require('m').add(1, ngx.var.arg_b)) } }
      """;
  private static final String MODULE =
      """
      local m = { LIMIT = 3 }
      function m.access()
        ngx.var.mark = ngx.ctx.tenant.id
        ngx.ctx.hits = ngx.shared.d:incr('hits:' .. ngx.var.remote_addr, 1, 0)
        ngx.req.set_header('X-Mark', 'yes')
        if ngx.var.arg_deny then
          ngx.status = 403
          ngx.say('denied')
          return ngx.exit(403)
        end
      end
      function m.add(a, b)
        if not b then return nil, 'no b' end
        return a + b
      end
      return m
      """;

  @TempDir Path prefix;
  private final Heard heard = new Heard();

  /** Hears everything. */
  private static final class Heard implements CallRecorder {
    final List<RecordedCall> calls = new CopyOnWriteArrayList<>();
    final List<String> failures = new CopyOnWriteArrayList<>();
    volatile boolean keeps = true;

    @Override
    public Set<String> variables() {
      return Set.of("mark", "remote_addr", "arg_b");
    }

    @Override
    public Set<String> members() {
      return Set.of("mode");
    }

    @Override
    public int maxBody() {
      return 100;
    }

    @Override
    public boolean wants() {
      return true;
    }

    @Override
    public boolean recorded(RecordedCall call) {
      calls.add(call);
      return keeps;
    }

    @Override
    public void failed(String function, String reason) {
      failures.add(function + ": " + reason);
    }

    RecordedCall call(String function) {
      return calls.stream()
          .filter(call -> call.function().equals(function))
          .findFirst()
          .orElseThrow();
    }
  }

  private Seamed serve(String lua, String server) {
    return Seamed.shadow(prefix, List.of(), lua, "lua_shared_dict d 1m;", server);
  }

  private Recording record(Seamed seamed) throws CannotRecord {
    return seamed.served().gateway().record("m", heard);
  }

  @Test
  void aHandlersCallIsRecordedWithWhatItReadAndChanged() throws CannotRecord {
    try (Seamed seamed = serve(MODULE, SERVER)) {
      seamed.get("/");
      Recording recording = record(seamed);
      assertThat(seamed.get("/?b=4")).isEqualTo("t 5");
      recording.end();

      RecordedCall access = heard.call("access");
      assertThat(access.phase()).isEqualTo(Phase.ACCESS);
      assertThat(access.fields()).isEqualTo(Map.of("LIMIT", 3d));
      assertThat(access.before().ctx())
          .isEqualTo(Map.of("tenant", Map.of("id", "t", "waf", List.of("a", "b"))));
      assertThat(access.before().variables()).containsEntry("mark", "").containsEntry("arg_b", "4");
      assertThat(access.after().variables()).containsEntry("mark", "t");
      assertThat(access.after().ctx()).containsEntry("hits", 2d);
      assertThat(access.after().requestHeaders())
          .anySatisfy(field -> assertThat(field.name()).isEqualTo("X-Mark"));
      assertThat(access.journal().entries())
          .singleElement()
          .isEqualTo(
              new Journal.Entry.DictCall("d", "incr", "hits:127.0.0.1", List.of(1d, 0d), 2d));
      assertThat(access.ending()).isNull();
      assertThat(access.newCode()).isTrue();
      assertThat(access.opaque()).isEmpty();

      RecordedCall add = heard.call("add");
      assertThat(add.arguments()).containsExactly(1d, "4");
      assertThat(add.results()).containsExactly(5d);
      assertThat(heard.failures).isEmpty();
    }
  }

  @Test
  void whatWasBegunBeforeAReloadIsPastBehindIt() throws CannotRecord {
    try (Seamed seamed = serve(MODULE, SERVER)) {
      seamed.get("/");
      Gateway gateway = seamed.served().gateway();
      Recording before = record(seamed);
      Metering metered = gateway.meter(Set.of("m"));
      Covering covered = gateway.cover("x-mark");
      assertThat(before.isPast() || metered.isPast() || covered.isPast()).isFalse();
      String http = "lua_shared_dict d 1m; lua_package_path '" + prefix + "/lua/?.lua';";
      gateway.reload(
          Served.conf(
              prefix, seamed.served().port(), http + "init_by_lua_block { require 'm' }", SERVER));
      assertThat(before.isPast() && metered.isPast() && covered.isPast()).isTrue();
      assertThat(record(seamed).isPast()).isFalse();
      before.end();
    }
  }

  @Test
  void linesAreCountedOverAllCallsAndNothingIsHeardAfterTheEnd() throws CannotRecord {
    try (Seamed seamed = serve(MODULE, SERVER)) {
      seamed.get("/?b=1");
      Recording recording = record(seamed);
      seamed.get("/?b=1");
      assertThat(recording.coverage().missingLines()).containsExactly(7, 8, 9);
      seamed.get("/?deny=1");
      assertThat(recording.coverage().missingLines()).isEmpty();
      seamed.get("/");
      assertThat(heard.calls.getLast().results()).containsExactly(null, "no b");
      recording.end();
      int heardSoFar = heard.calls.size();
      assertThat(seamed.get("/?b=1")).isEqualTo("t 2");
      assertThat(heard.calls).hasSize(heardSoFar);
    }
  }

  @Test
  void whatACallReachedThatIsNotKeptIsWaitedForAgain() throws CannotRecord {
    try (Seamed seamed = serve(MODULE, SERVER)) {
      seamed.get("/?b=1");
      Recording recording = record(seamed);
      heard.keeps = false;
      seamed.get("/?deny=1");
      assertThat(recording.coverage().reached()).isEmpty();
      assertThat(recording.coverage().taken()).isEmpty();
      heard.keeps = true;
      seamed.get("/?deny=1");
      assertThat(heard.calls.getLast().newCode()).isTrue();
      assertThat(recording.coverage().missingBranches())
          .extracting(BranchOutcome::never)
          .isNotEmpty();
      recording.end();
    }
  }

  @Test
  void whatFiltersDoOnceTheAnswerBeganIsNotTheCalls() throws CannotRecord {
    String filtered =
        SERVER + " header_filter_by_lua_block { ngx.header['X-Late'] = '1' ngx.ctx.late = 1 }";
    try (Seamed seamed = serve(MODULE, filtered)) {
      seamed.get("/");
      Recording recording = record(seamed);
      assertThat(seamed.get("/?deny=1")).isEqualTo("denied\n");
      recording.end();
      RecordedCall denied = heard.call("access");
      assertThat(denied.ending()).isEqualTo("Exit[status=403]");
      assertThat(denied.printed()).isEqualTo("denied\n");
      assertThat(denied.after().ctx()).doesNotContainKey("late");
      assertThat(denied.after().responseHeaders())
          .noneSatisfy(field -> assertThat(field.name()).isEqualTo("X-Late"));
    }
  }

  @Test
  void whatOnlyLuaCanHoldAndWhatIsChangedIsTold() throws CannotRecord {
    String lua =
        """
        local m = {}
        function m.each(list, f) for i, v in ipairs(list) do list[i] = f(v) end return f end
        function m.fails(t) return t.a.b end
        return m
        """;
    String server =
        "location / { content_by_lua_block { local m = require('m')"
            + " m.each({1}, function(v) return v + 1 end)"
            + " ngx.print(select(2, pcall(m.fails, {}))) } }";
    try (Seamed seamed = serve(lua, server)) {
      String plain = seamed.get("/");
      Recording recording = record(seamed);
      assertThat(seamed.get("/"))
          .isEqualTo(plain)
          .endsWith("attempt to index field 'a' (a nil value)");
      recording.end();
      RecordedCall each = heard.call("each");
      assertThat(each.opaque()).containsExactly("argument 2: a function", "result 1: a function");
      assertThat(each.changed()).containsExactly("argument 1");
      assertThat(heard.call("fails").error()).isEqualTo(plain);
    }
  }

  @Test
  void whatComputesItsFieldsIsAskedForThoseThatAreNamed() throws CannotRecord {
    String lua =
        """
        local m = {}
        local defaults = { mode = 'block', other = 1 }
        function m.take(t) return t.mode end
        function m.make() return setmetatable({ id = 7 }, { __index = function(_, k) return defaults[k] end }) end
        return m
        """;
    String server =
        "location / { content_by_lua_block { local m = require('m') ngx.print(m.take(m.make())) } }";
    try (Seamed seamed = serve(lua, server)) {
      seamed.get("/");
      Recording recording = record(seamed);
      assertThat(seamed.get("/")).isEqualTo("block");
      recording.end();
      assertThat(heard.call("take").arguments()).containsExactly(Map.of("id", 7d, "mode", "block"));
    }
  }

  @Test
  void varargsKeepTheirNilsAndTheirNumber() throws CannotRecord {
    String lua = "return { f = function(...) return select('#', ...), ... end }";
    String server =
        "location / { content_by_lua_block { ngx.print(require('m').f(nil, 1, nil)) } }";
    try (Seamed seamed = serve(lua, server)) {
      String plain = seamed.get("/");
      Recording recording = record(seamed);
      assertThat(seamed.get("/")).isEqualTo(plain).isEqualTo("3nil1nil");
      recording.end();
      assertThat(heard.call("f").arguments()).containsExactly(null, 1d, null);
      assertThat(heard.call("f").results()).containsExactly(3d, null, 1d, null);
    }
  }

  @Test
  void aCallThatComesBackIntoTheModuleIsPartOfTheFirst() throws CannotRecord {
    String lua =
        """
        local m = {}
        local function other(n) return m.inner(n) end
        function m.outer(n) return other(n) end
        function m.inner(n) return n == 0 and 0 or 1 + m.inner(n - 1) end
        return m
        """;
    String server =
        "location / { content_by_lua_block { ngx.print('is ', require('m').outer(3)) } }";
    try (Seamed seamed = serve(lua, server)) {
      seamed.get("/");
      Recording recording = record(seamed);
      assertThat(seamed.get("/")).isEqualTo("is 3");
      recording.end();
      assertThat(heard.calls).extracting(RecordedCall::function).containsExactly("outer");
    }
  }

  @Test
  void aFunctionThatIsReplacedMeanwhileIsTold() throws CannotRecord {
    String lua = "local m = {} function m.f() return 'own' end function m.g() end return m";
    String server =
        "location / { content_by_lua_block { ngx.print(require('m').f()) } }"
            + " location /patch { content_by_lua_block {"
            + " require('m').f = function() return 'patched' end ngx.print('ok') } }";
    try (Seamed seamed = serve(lua, server)) {
      seamed.get("/");
      Recording recording = record(seamed);
      assertThat(recording.replaced()).isEmpty();
      seamed.get("/patch");
      assertThat(recording.replaced()).containsExactly("f");
      recording.end();
      assertThat(seamed.get("/")).isEqualTo("patched");
    }
  }

  @Test
  void aFunctionOfAnotherFileIsTold() throws CannotRecord {
    String lua =
        "local m = {} function m.f() return 1 end"
            + " m.g = assert(loadstring('return function() return 2 end', '@o.lua'))()"
            + " m.h = tostring return m";
    String server = "location / { content_by_lua_block { ngx.print('is ', require('m').g()) } }";
    try (Seamed seamed = serve(lua, server)) {
      seamed.get("/");
      Recording recording = record(seamed);
      assertThat(seamed.get("/")).isEqualTo("is 2");
      recording.end();
      assertThat(heard.call("g").results()).containsExactly(2d);
      assertThat(heard.failures)
          .anySatisfy(line -> assertThat(line).startsWith("g: it is written at o.lua:"))
          .anySatisfy(line -> assertThat(line).startsWith("h: it is no Lua"));
    }
  }

  @Test
  void whatCannotBeRecordedIsRefusedWithTheReasonAndWhatToDo() {
    assertRefused(
        "return function() return 1 end",
        "require('m')()",
        "it returns a function, not a table of functions: return a table that holds it");
    assertRefused(
        "return setmetatable({ f = function() end }, { __call = function() return 1 end })",
        "require('m')()",
        "(__call), which can't be recorded: give that call a name");
    assertRefused(
        "return io.stdout",
        "require('m')",
        "it returns a userdata, not a table of functions: return a table whose functions use it");
    assertRefused("return 'text'", "require('m')", "it returns a string");
    assertRefused(
        "return { 1, 2, a = 3 }",
        "require('m')",
        "it is data, which has no calls and goes with the modules that read it");
    assertRefused("return { f = print }", "require('m')", "learn the module that calls it");
    assertRefused("return {}", "local x = 1", "it isn't loaded: send a request that uses it");
  }

  private void assertRefused(String lua, String code, String reason) {
    try (Seamed seamed = serve(lua, "location / { content_by_lua_block { " + code + " } }")) {
      seamed.get("/");
      assertThatThrownBy(() -> record(seamed))
          .isInstanceOf(CannotRecord.class)
          .hasMessageContaining(reason);
    }
  }

  /** Answers in Lua's place. */
  @LuaModule("m")
  @Writes(vars = "mark")
  record Marking() implements Port {
    @Handler("access")
    Decision access() {
      return Decision.next().setVar("mark", "java");
    }
  }

  @Test
  void nothingIsLearnedFromAPort() throws CannotRecord {
    try (Seamed seamed =
        Seamed.java(prefix, new Marking(), MODULE, "lua_shared_dict d 1m;", SERVER)) {
      seamed.get("/");
      Recording recording = record(seamed);
      assertThat(seamed.get("/?b=1")).isEqualTo("java 2");
      recording.end();
      assertThat(heard.calls).extracting(RecordedCall::function).containsExactly("add");
    }
  }
}
