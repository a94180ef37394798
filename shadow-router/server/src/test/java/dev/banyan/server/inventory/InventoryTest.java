package dev.banyan.server.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.lua.LuaOutline.Shape;
import dev.banyan.server.inventory.LegacyModule.ModuleFunction;
import dev.banyan.server.inventory.LegacyModule.Note;
import dev.banyan.server.serve.ConfSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InventoryTest {
  @TempDir Path folder = Path.of("");

  private void lua(String module, String text) throws IOException {
    Path file = folder.resolve("lua/" + module.replace('.', '/') + ".lua");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Inventory inventory(String server) throws IOException {
    Path conf =
        Files.writeString(
            folder.resolve("nginx.conf"),
            "events {}\nhttp {\nlua_package_path '$prefix/lua/?.lua';\nserver {\n"
                + server
                + "\n}\n}\n");
    return Inventory.of(new ConfSource(conf, folder, ""));
  }

  private static LegacyModule module(Inventory inventory, String name) {
    return inventory.module(name).orElseThrow();
  }

  private static Inventory sample() {
    Path legacy = Path.of("").toAbsolutePath();
    while (legacy != null && !Files.isDirectory(legacy.resolve("legacy-lua"))) {
      legacy = legacy.getParent();
    }
    Path found = Path.of(String.valueOf(legacy)).resolve("legacy-lua");
    return Inventory.of(new ConfSource(found.resolve("nginx.conf"), found, ""));
  }

  @Test
  void theSampleLegacyIsReadWhole() {
    Inventory inventory = sample();
    assertThat(inventory.handlers()).isEqualTo(23);
    assertThat(inventory.modules()).hasSize(16);
    assertThat(inventory.unreached()).isEmpty();

    LegacyModule waf = module(inventory, "edge.waf");
    assertThat(waf.requires()).containsExactly("edge.util", "edge.waf_rules");
    assertThat(waf.requiredBy()).containsExactly("edge.init");
    assertThat(waf.phases()).containsExactly("access_by_lua");
    assertThat(waf.touches().api()).contains("ngx.re.find", "ngx.req.read_body", "ngx.exit");
    assertThat(waf.touches().ctxWrites()).containsExactly("blocked_by", "waf_rules");
    assertThat(waf.touches().ctxReads()).containsExactly("tenant");
    assertThat(waf.touches().varWrites()).containsExactly("edge_action", "waf_score");
    assertThat(waf.lines()).isEqualTo(133);

    LegacyModule limit = module(inventory, "edge.rate_limit");
    assertThat(limit.state()).containsExactly("limiters");
    assertThat(limit.touches().dicts()).containsExactly("?");
    assertThat(module(inventory, "edge.waf_rules").shape()).isEqualTo(Shape.DATA);
  }

  @Test
  void theSampleLegacysDeadFunctionsAreNamed() {
    List<String> dead =
        sample().modules().stream()
            .flatMap(module ->
                module.functions().stream()
                    .filter(function -> !function.used())
                    .map(function -> module.name() + "." + function.name()))
            .toList();
    assertThat(dead)
        .containsExactly("edge.firewall.ban", "edge.firewall.unban", "edge.tenant.current");
  }

  @Test
  void whatIsRequiredIsPortedFirst() {
    List<String> order =
        sample().order().stream().flatMap(step -> step.modules().stream()).toList();
    assertThat(order.getFirst()).isEqualTo("edge.util");
    assertThat(order).hasSize(14).doesNotContain("edge.init", "edge.waf_rules");
    assertThat(sample().order().getFirst().reason())
        .contains("requires nothing", "required by 11 modules");
  }

  @Test
  void aCircleOfRequiresIsPortedTogether() throws IOException {
    lua("a", "local b = require 'b'\nlocal M = {}\nfunction M.f() return b.g() end\nreturn M\n");
    lua("b", "local M = {}\nfunction M.g() return require('a').f() end\nreturn M\n");
    lua("c", "local M = {}\nfunction M.h() return require('a').f() end\nreturn M\n");
    Inventory inventory = inventory("location / { content_by_lua 'require(\"c\").h()'; }");

    assertThat(inventory.order()).hasSize(2);
    assertThat(inventory.order().getFirst().modules()).containsExactly("a", "b");
    assertThat(inventory.order().getFirst().reason()).contains("require each other");
    assertThat(inventory.order().getLast().modules()).containsExactly("c");
    assertThat(inventory.order().getLast().reason()).contains("after a");
  }

  @Test
  void aNameThatIsPutTogetherIsGuessedFromTheStringsAndTold() throws IOException {
    lua("plugins.gzip", "return { run = function() ngx.say(1) end }\n");
    lua("plugins.old", "return { run = function() end }\n");
    lua(
        "main",
        "local M = {}\nfunction M.run()\n  for _, n in ipairs { 'gzip' } do\n"
            + "    require('plugins.' .. n).run()\n  end\nend\nreturn M\n");
    Inventory inventory = inventory("location / { content_by_lua 'require(\"main\").run()'; }");

    assertThat(module(inventory, "main").requires()).containsExactly("plugins.gzip");
    assertThat(inventory.unreached()).containsExactly(folder.resolve("lua/plugins/old.lua"));
    assertThat(inventory.warnings())
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.line()).isEqualTo(4);
          assertThat(warning.message()).contains("put together", "taken for plugins.gzip");
        });
  }

  @Test
  void aNameThatTheTextDoesNotTellIsAWarning() throws IOException {
    lua("main", "local M = {}\nfunction M.run(n) return require(n) end\nreturn M\n");
    Inventory inventory = inventory("location / { content_by_lua 'require(\"main\").run(x)'; }");
    assertThat(inventory.warnings())
        .extracting(Object::toString)
        .containsExactly(
            folder.resolve("lua/main.lua")
                + ":2: requires a module by a name that is put together: which one the text"
                + " doesn't tell");
  }

  @Test
  void whatCannotBeReplacedIsLeftOutOfTheOrderWithTheReason() throws IOException {
    lua("fn", "return function(x) return x end\n");
    lua("callable", "local M = {}\nreturn setmetatable(M, { __call = function() end })\n");
    lua("late", "return os.getenv('X') and {} or false\n");
    Inventory inventory =
        inventory(
            "location / { content_by_lua 'require(\"fn\")(1) require(\"callable\")()"
                + " require(\"late\")'; }");

    assertThat(module(inventory, "fn").shape()).isEqualTo(Shape.FUNCTION);
    assertThat(module(inventory, "callable").shape()).isEqualTo(Shape.CALLABLE);
    assertThat(module(inventory, "late").shape()).isEqualTo(Shape.OTHER);
    assertThat(inventory.order()).isEmpty();
    assertThat(inventory.modules()).allMatch(LegacyModule::isBlocked);
    assertThat(module(inventory, "fn").notes())
        .extracting(Note::text)
        .singleElement()
        .asString()
        .contains("returns a function", "return a table");
  }

  @Test
  void replacingAnothersFunctionAndVarargsAreTold() throws IOException {
    lua("base", "local M = {}\nfunction M.f(...) return select('#', ...) end\nreturn M\n");
    lua(
        "patch",
        "local base = require 'base'\nlocal M = {}\nfunction M.on()\n  base.f = print\nend\nreturn M\n");
    Inventory inventory = inventory("location / { content_by_lua 'require(\"patch\").on()'; }");
    assertThat(module(inventory, "patch").notes())
        .extracting(Note::text)
        .anySatisfy(text -> assertThat(text).startsWith("replaces base.f of another module"));
    assertThat(module(inventory, "base").notes())
        .extracting(Note::text)
        .anySatisfy(text -> assertThat(text).contains("f takes any number of arguments"));
  }

  @Test
  void phasesFollowCallsThroughModulesAndTheirTablesOfFunctions() throws IOException {
    lua(
        "a",
        """
        local b = require "b"
        local M = {}
        local steps = {}
        function steps.one() return b.used() end
        function M.access() for _, step in pairs(steps) do step() end end
        function M.log() return 1 end
        return M
        """);
    lua("b", "local M = {}\nM.used = function() end\nM.unused = function() end\nreturn M\n");
    Inventory inventory =
        inventory(
            "location / { access_by_lua_block { require('a').access() }"
                + " log_by_lua_block { local a = require 'a' a.log() } }");

    assertThat(module(inventory, "a").phases()).containsExactly("access_by_lua", "log_by_lua");
    assertThat(module(inventory, "b").functions())
        .extracting(ModuleFunction::name, ModuleFunction::used)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("used", true),
            org.assertj.core.groups.Tuple.tuple("unused", false));
    assertThat(module(inventory, "b").phases()).containsExactly("access_by_lua");
  }

  @Test
  void stateIsWhatFunctionsChangeAndTheNextCallFinds() throws IOException {
    lua(
        "s",
        """
        local M = { hits = 0 }
        local cache, limit = {}, 10
        local list = {}
        function M.f(key)
          local cache2 = {}
          cache2[key] = 1
          cache[key] = limit
          table.insert(list, key)
          M.hits = M.hits + 1
          seen = true
          ngx.ctx.x = key
        end
        return M
        """);
    Inventory inventory = inventory("location / { content_by_lua 'require(\"s\").f(1)'; }");
    assertThat(module(inventory, "s").state())
        .containsExactly("cache", "list", "M.hits", "global seen");
  }

  @Test
  void filesThatDirectivesNameAreListedAndMissingOnesTold() throws IOException {
    lua("handler", "ngx.say(require('m').f())\n");
    lua("m", "module('m', package.seeall)\nfunction f() return 1 end\n");
    Inventory inventory =
        inventory(
            "location / { content_by_lua_file lua/handler.lua; }"
                + "location /gone { content_by_lua_file lua/gone.lua; }");
    assertThat(module(inventory, "lua/handler.lua").shape()).isEqualTo(Shape.NONE);
    LegacyModule old = module(inventory, "m");
    assertThat(old.shape()).isEqualTo(Shape.MODULE_CALL);
    assertThat(old.functions()).extracting(ModuleFunction::name).containsExactly("f");
    assertThat(old.phases()).containsExactly("content_by_lua");
    assertThat(inventory.warnings())
        .extracting(Object::toString)
        .anySatisfy(text -> assertThat(text).contains("nginx.conf:5", "no such Lua file"));
  }
}
