package dev.banyan.server.retire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Constant;
import dev.banyan.api.Decision;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.Writes;
import dev.banyan.host.ModuleHost;
import dev.banyan.server.inventory.ModuleReaders;
import dev.banyan.server.serve.ConfSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaderEvidenceTest {
  @TempDir Path folder;

  /** A port that lacks {@code legacy_only} and answers {@code access} in one phase. */
  @LuaModule("m")
  @Writes(ctx = "who")
  static final class Ported implements Port {
    @Handler(value = "access", phase = Phase.ACCESS)
    public Decision access() {
      return Decision.next();
    }

    @Function("twice")
    public String twice(String text) {
      return text + text;
    }

    @Constant("VERSION")
    public String version() {
      return "1";
    }
  }

  @BeforeEach
  void legacy() throws IOException {
    lua(
        "m",
        """
        local m = { VERSION = "1", LIMIT = 5 }
        function m.access() ngx.ctx.who = "x" ngx.ctx.why = "y" flag = true end
        function m.twice(t) return t .. t end
        function m.legacy_only() end
        return m
        """);
  }

  private void lua(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name + ".lua"), text);
  }

  private List<String> evidence(String http, String... javas) throws IOException {
    Path conf = folder.resolve("nginx.conf");
    Files.writeString(
        conf,
        "events {}\nhttp {\nlua_package_path \"$prefix/?.lua;;\";\n"
            + http.replace(";;", "")
            + "\n}\n");
    ModuleReaders readers = ModuleReaders.of(new ConfSource(conf, folder, ""), "m");
    return ReaderEvidence.of(
            readers,
            Objects.requireNonNull(ModuleHost.of(List.of(new Ported())).port("m")),
            "m",
            Set.of(javas)::contains)
        .stream()
        .map(one -> one.state() + " " + one.figure())
        .toList();
  }

  private static String access(String code) {
    return "server { location / { access_by_lua_block { " + code + " } } }";
  }

  @Test
  void whatThePortAnswersMayBeUsedByLua() throws IOException {
    assertThat(evidence(access("local m = require 'm' m.access() m.twice(m.VERSION)")))
        .containsExactly("HOLDS access_by_lua: the port answers all that they use");
    assertThat(evidence("")).containsExactly("HOLDS no Lua uses it");
  }

  @Test
  void fieldsAndPhasesThatThePortDoesNotHaveAreMissing() throws IOException {
    assertThat(evidence(access("local m = require 'm' m.legacy_only() ngx.say(m.LIMIT)")))
        .containsExactly(
            "MISSING access_by_lua (nginx.conf:4) uses m.legacy_only, which the port doesn't have",
            "MISSING access_by_lua (nginx.conf:4) uses m.LIMIT, which the port doesn't have");
    assertThat(evidence("init_by_lua_block { require('m').twice('a') }"))
        .containsExactly(
            "MISSING init_by_lua (nginx.conf:4) uses m.twice, from init_by_lua, where no request"
                + " is and no port answers");
    String log = "server { location / { log_by_lua_block { require('m').access() } } }";
    assertThat(evidence(log))
        .containsExactly(
            "MISSING log_by_lua (nginx.conf:4) uses m.access, which its port doesn't answer in"
                + " log_by_lua");
  }

  @Test
  void aTableThatIsHandedOnOrChangedIsMissing() throws IOException {
    assertThat(evidence(access("local m = require 'm' m.twice = nil for k in pairs(m) do end")))
        .containsExactly(
            "MISSING access_by_lua (nginx.conf:4) sets m.twice at run time",
            "MISSING access_by_lua (nginx.conf:4) hands its table on, or reads fields whose names"
                + " the text doesn't tell");
  }

  @Test
  void keysOfCtxAndGlobalsThatOnlyItsLuaSetsAreMissing() throws IOException {
    assertThat(evidence(access("local m = require 'm' ngx.say(ngx.ctx.who, ngx.ctx.why, flag)")))
        .containsExactly(
            "MISSING access_by_lua (nginx.conf:4) reads why, which the port doesn't declare to"
                + " write",
            "MISSING access_by_lua (nginx.conf:4) uses the global flag, which only its Lua sets",
            "NOTE who is read by access_by_lua (nginx.conf:4)");
  }

  @Test
  void ofAModuleAtJavaCountsOnlyWhatItDoesWhileItIsLoaded() throws IOException {
    lua("user", "local m = require 'm' local u = {} function u.f() m.legacy_only() end return u");
    String user = access("require('user').f()");
    assertThat(evidence(user))
        .containsExactly(
            "MISSING user (user.lua:1) uses m.legacy_only, which the port doesn't have");
    assertThat(evidence(user, "user"))
        .containsExactly("HOLDS user: at java, their Lua is only the fallback");
    lua("user", "local m = require 'm' m.legacy_only() return { f = function() end }");
    assertThat(evidence(user, "user"))
        .containsExactly(
            "MISSING user (user.lua:1) uses m.legacy_only, which the port doesn't have");
  }

  @Test
  void aRequireWhoseValueNobodyTakesIsNamedAsALineToDelete() throws IOException {
    lua("user", "local u = {}\nrequire 'm'\nfunction u.f()\n  require('m')\nend\nreturn u");
    String user = access("require 'm' require('user').f()");
    assertThat(evidence(user, "user"))
        .containsExactlyInAnyOrder(
            "NOTE access_by_lua (nginx.conf:4) only loads it: nothing of it is used there",
            "NOTE user (user.lua:2) only loads it: nothing of it is used there",
            "NOTE user (user.lua:4) only loads it: nothing of it is used there");
    assertThat(evidence(access("local x = f or require 'm' x.twice('a')")))
        .anyMatch(
            line -> line.startsWith("MISSING access_by_lua (nginx.conf:4) hands its table on"));
    assertThat(evidence(access("f(require 'm')")))
        .anyMatch(
            line -> line.startsWith("MISSING access_by_lua (nginx.conf:4) hands its table on"));
  }

  @Test
  void aNameThatIsPutTogetherIsNamedAndItsUnportedFunctionsAreMissing() throws IOException {
    lua("loader", "local name = 'm' local x = require('' .. name) return {}");
    String loader = access("require 'loader'");
    assertThat(evidence(loader))
        .containsExactly("NOTE loader (loader.lua:1) requires it by a name that is put together");
    lua("loader", "local name = 'm' local x = require('' .. name) x.legacy_only() return {}");
    assertThat(evidence(loader))
        .containsExactly(
            "MISSING loader (loader.lua:1) requires it by a name that is put together and may use"
                + " [legacy_only], which the port doesn't have");
  }
}
