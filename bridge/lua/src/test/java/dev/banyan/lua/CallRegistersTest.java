package dev.banyan.lua;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A function's calls take the room of its former ones and see nothing of them. */
class CallRegistersTest {
  private final LuaRig lua = new LuaRig();

  @Test
  void a_variable_without_a_value_is_nil_whatever_a_former_call_put_there() {
    assertThat(
            lua.text(
                "local function f(set) local v, w if set then v, w = 'old', 'old' end return v, w end "
                    + "f(true) local a, b = f(false) return tostring(a) .. tostring(b)"))
        .isEqualTo("nilnil");
  }

  @Test
  void a_missing_argument_is_nil_whatever_a_former_call_was_given() {
    assertThat(lua.text("local function f(a, b, c) return tostring(c) end f(1, 2, 3) return f(1)"))
        .isEqualTo("nil");
  }

  @Test
  void calls_of_one_function_within_each_other_keep_their_own_variables() {
    assertThat(
            lua.text(
                "local function f(n) if n == 0 then return '' end local mine = n "
                    + "local rest = f(n - 1) .. f(n - 1) return mine .. rest end return f(3)"))
        .isEqualTo("3211211");
  }

  @Test
  void a_captured_variable_outlives_later_calls() {
    assertThat(
            lua.text(
                "local function f(v) local mine = v return function() return mine end end "
                    + "local a = f('a') local b = f('b') f('c') return a() .. b()"))
        .isEqualTo("ab");
  }

  @Test
  void coroutines_that_wait_in_one_function_keep_their_own_variables() {
    assertThat(
            lua.text(
                "local function f(v) local mine = v coroutine.yield() return mine end "
                    + "local a, b = coroutine.wrap(f), coroutine.wrap(f) a('a') b('b') "
                    + "local x = a() local c = coroutine.wrap(f) c('c') return x .. b() .. c()"))
        .isEqualTo("abc");
  }

  @Test
  void a_call_that_failed_changes_nothing_for_the_next() {
    assertThat(
            lua.text(
                "local function f(fails) local v if fails then v = 'old' error('no') end return tostring(v) end "
                    + "pcall(f, true) return f(false) .. f(false)"))
        .isEqualTo("nilnil");
  }

  @Test
  void a_function_that_calls_itself_last_starts_anew() {
    assertThat(
            lua.text(
                "local function f(n, seen) local v if n % 2 == 1 then v = n end "
                    + "seen = seen .. tostring(v) .. ' ' if n == 0 then return seen end return f(n - 1, seen) end "
                    + "return f(3, '')"))
        .isEqualTo("3 nil 1 nil ");
  }

  @Test
  void results_outlive_later_calls() {
    assertThat(
            lua.text(
                "local function f(a, b, c) return a, b, c end local function g(...) f(7, 8, 9) return ... end "
                    + "local function two(a, b) return a, b end "
                    + "local x, y, z = g(f(1, 2, 3)) local v, w = g(two(4, 5)) "
                    + "return x .. y .. z .. v .. w"))
        .isEqualTo("12345");
  }
}
