package dev.banyan.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.lua.lib.StandardLibraries;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

class LuaVmTest {
  private final LuaVm vm = LuaVm.create(StandardLibraries.options());

  private Varargs eval(String source) {
    byte[] bytes = source.getBytes(StandardCharsets.ISO_8859_1);
    return vm.call(vm.load(bytes, "=test", vm.globals()), LuaValue.NONE);
  }

  private String text(String source) {
    return LuaText.latin1(eval(source).arg1());
  }

  @Test
  void runs_arithmetic_loops_and_closures() {
    assertThat(text("local n = 0 for i = 1, 10 do n = n + i * 2 end return n")).isEqualTo("110");
    assertThat(
            text(
                "local function f(x) return function() x = x + 1 return x end end local g = f(1) g() return g()"))
        .isEqualTo("3");
    assertThat(text("local t = {} for i = 1, 100 do t[#t + 1] = i end return #t")).isEqualTo("100");
  }

  @Test
  void an_uncaught_error_carries_its_position_and_traceback() {
    assertThatThrownBy(() -> eval("local function f()\n error('no') \nend\nf()"))
        .isInstanceOfSatisfying(
            LuaRuntimeError.class,
            e -> {
              assertThat(LuaText.latin1(e.value())).isEqualTo("test:2: no");
              assertThat(e.traceback())
                  .isEqualTo(
                      "stack traceback:\n\t[C]: in function 'error'\n\ttest:2: in function 'f'\n\ttest:4: in main chunk");
            });
  }

  @Test
  void powers_of_constants_are_those_of_variables() {
    assertThat(text("local a, b = 1.1, 10 return tostring(1.1 ^ 10 == a ^ b)")).isEqualTo("true");
    assertThat(text("return ('%.17g'):format(1.1 ^ 10)")).isEqualTo("2.5937424601000023");
  }

  @Test
  void operator_errors_name_the_variable() {
    assertThat(text("local ok, e = pcall(function() local x; return x.y end) return e"))
        .isEqualTo("test:1: attempt to index local 'x' (a nil value)");
    assertThat(text("local ok, e = pcall(function() return foo.y end) return e"))
        .isEqualTo("test:1: attempt to index global 'foo' (a nil value)");
    assertThat(text("local ok, e = pcall(function() local t = {} t.a.b() end) return e"))
        .isEqualTo("test:1: attempt to index field 'a' (a nil value)");
    assertThat(text("local ok, e = pcall(function() local t = {} t:a() end) return e"))
        .isEqualTo("test:1: attempt to call method 'a' (a nil value)");
    assertThat(text("local ok, e = pcall(function() return 1 + {} end) return e"))
        .isEqualTo("test:1: attempt to perform arithmetic on a table value");
    assertThat(text("local ok, e = pcall(setmetatable, 1) return e"))
        .isEqualTo("bad argument #1 to '?' (table expected, got number)");
    assertThat(text("local ok, e = pcall(function() setmetatable(1) end) return e"))
        .isEqualTo("test:1: bad argument #1 to 'setmetatable' (table expected, got number)");
  }

  @Test
  void endless_recursion_is_an_error_that_pcall_catches() {
    assertThat(text("local function f() return 1 + f() end local ok, e = pcall(f) return e"))
        .endsWith("stack overflow");
  }
}
