package dev.banyan.lua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.lua.lib.StandardLibraries;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;

class LineCoverageTest {
  private static final String MODULE =
      """
      local M = {}
      local function double(n)
        return n * 2
      end
      function M.f(n)
        if n > 1 then
          return double(n)
        end
        local t = nil
        return t.x
      end
      return M
      """;

  private final LuaVm vm = LuaVm.create(StandardLibraries.options());
  private final LuaFunction f = function(MODULE);

  private LuaFunction function(String source) {
    byte[] bytes = source.getBytes(StandardCharsets.ISO_8859_1);
    LuaValue module = vm.call(vm.load(bytes, "=m", vm.globals()), LuaValue.NONE).arg1();
    return (LuaFunction) module.get("f");
  }

  private String call(double n) {
    try {
      return LuaText.latin1(vm.call(f, LuaValue.valueOf(n)).arg1());
    } catch (LuaRuntimeError e) {
      return LuaText.latin1(e.value());
    }
  }

  private static LineCoverage armed(LuaFunction function) {
    return Objects.requireNonNull(LineCoverage.arm(function));
  }

  @Test
  void linesOfAllFunctionsAreWaitedForButNotTheFilesOwnLevel() {
    LineCoverage coverage = armed(f);
    assertThat(coverage.lines()).containsExactly(3, 6, 7, 9, 10);
    assertThat(coverage.reached()).isEmpty();
  }

  @Test
  void aWatchedCallTellsWhetherItReachedSomethingNew() {
    LineCoverage coverage = armed(f);
    int first = coverage.enter();
    assertThat(call(4)).isEqualTo("8");
    assertThat(coverage.leave(first)).isTrue();
    assertThat(coverage.reached()).containsExactly(3, 6, 7);

    int second = coverage.enter();
    assertThat(call(5)).isEqualTo("10");
    assertThat(coverage.leave(second)).isFalse();
  }

  @Test
  void whatRunsUnwatchedIsWaitedForAgain() {
    LineCoverage coverage = armed(f);
    assertThat(call(4)).isEqualTo("8");
    assertThat(coverage.reached()).isEmpty();

    int watched = coverage.enter();
    assertThat(call(4)).isEqualTo("8");
    assertThat(coverage.leave(watched)).isTrue();
    assertThat(coverage.reached()).containsExactly(3, 6, 7);
  }

  @Test
  void errorsNameTheirVariableAndLineWhileLinesAreArmed() {
    String plain = call(0);
    LineCoverage coverage = armed(f);
    assertThat(call(0))
        .isEqualTo(plain)
        .isEqualTo("m:10: attempt to index local 't' (a nil value)");
    coverage.disarm();
    assertThat(call(0)).isEqualTo(plain);
  }

  @Test
  void afterwardsTheCodeIsAsBefore() {
    LineCoverage coverage = armed(f);
    assertThat(LineCoverage.arm(f)).isNull();
    coverage.disarm();
    assertThat(call(4)).isEqualTo("8");
    assertThat(coverage.reached()).isEmpty();
    assertThat(LineCoverage.arm(f)).isNotNull();
  }
}
