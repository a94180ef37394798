package dev.banyan.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.lua.lib.StandardLibraries;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaValue;

class LimitsTest {
  private final LuaRig rig =
      new LuaRig(
          StandardLibraries.options()
              .withSlice(Duration.ofMillis(200))
              .withBounds(2000, 1 << 24, 1 << 20));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while true do end",
        "repeat until false",
        "for i = 1, math.huge do end",
        "::a:: goto a",
        "while true do pcall(error) end",
        "pcall(function() while true do end end)",
        "while true do pcall(function() while true do end end) end",
        "xpcall(function() while true do end end, function() while true do end end)",
        "coroutine.wrap(function() while true do end end)()",
        "coroutine.resume(coroutine.create(function() pcall(function() while true do end end) end))",
        "('x'):gsub('x', function() while true do end end)",
        "table.sort({1, 2, 3}, function() while true do end end)",
        "local t = setmetatable({}, {__index = function() while true do end end}) return t.x",
        "return string.find(('a'):rep(30), ('a*'):rep(30) .. 'b')",
        "return string.find(('a'):rep(200), ('.-'):rep(100) .. 'b')",
        "local function f() return f() end f()",
        "for k in function() return 1 end do end"
      })
  void an_endless_run_ends_by_its_slice_with_a_position(String source) {
    assertThatThrownBy(() -> rig.run(source))
        .isInstanceOfSatisfying(
            LuaDeadlineExceeded.class,
            e -> assertThat(e.traceback()).startsWith("stack traceback:"));
    assertThat(rig.text("return 1 + 1")).isEqualTo("2");
  }

  @Test
  void the_position_of_an_aborted_loop_is_told() {
    assertThatThrownBy(() -> rig.run("local x = 1\nwhile true do\nx = x + 1\nend"))
        .isInstanceOfSatisfying(
            LuaDeadlineExceeded.class, e -> assertThat(e.position()).startsWith("test:"));
  }

  @Test
  void gigabytes_of_string_are_refused() {
    assertThat(rig.text("return select(2, pcall(string.rep, 'x', 2^30))"))
        .isEqualTo("not enough memory");
    assertThat(
            rig.text(
                "local s = 'x' local ok, e = pcall(function() while true do s = s .. s end end) return e"))
        .isEqualTo("not enough memory");
    assertThat(
            rig.text(
                "local t = {} for i = 1, 100 do t[i] = ('x'):rep(2^20) end return select(2, pcall(table.concat, t))"))
        .isEqualTo("not enough memory");
  }

  @Test
  void a_table_that_grows_without_end_is_refused() {
    LuaRig patient = new LuaRig(StandardLibraries.options().withBounds(2000, 1 << 24, 1 << 20));
    assertThat(
            patient.text(
                "local t = {} local ok, e = pcall(function() for i = 1, 1e9 do t[i] = i end end) return e"))
        .isEqualTo("not enough memory");
    assertThat(patient.text("return select(2, pcall(require('table.new'), 2^30, 0))"))
        .isEqualTo("not enough memory");
  }

  @Test
  void deep_recursion_is_a_stack_overflow_that_pcall_catches() {
    assertThat(rig.text("local function f() return 1 + f() end local ok, e = pcall(f) return e"))
        .endsWith("stack overflow");
    assertThat(
            rig.text(
                "local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k] end return select(2, pcall(function() return t.x end))"))
        .endsWith("stack overflow");
    assertThat(
            rig.text(
                "local function f(s) return (s:gsub('.', f)) end return select(2, pcall(f, 'x'))"))
        .endsWith("stack overflow");
    assertThat(
            rig.text(
                "local function f() return coroutine.wrap(f)() end return select(2, pcall(f))"))
        .endsWith("stack overflow");
    assertThat(rig.text("return 'alive'")).isEqualTo("alive");
  }

  @Test
  void a_deadline_of_the_entry_bounds_coroutines_too() {
    assertThatThrownBy(
            () -> {
              Coroutine entry = rig.vm.newEntry();
              entry.deadline(System.nanoTime() + 20_000_000);
              rig.vm.call(
                  entry,
                  rig.load("coroutine.wrap(function() while true do end end)()"),
                  LuaValue.NONE);
            })
        .isInstanceOf(LuaDeadlineExceeded.class);
  }
}
