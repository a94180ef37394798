package dev.banyan.lua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.lua.lib.StandardLibraries;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;

class CodeCoverageTest {
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

  private static CodeCoverage armed(LuaFunction function) {
    return Objects.requireNonNull(
        CodeCoverage.arm(List.of(function), CodeCoverage.Extent.LINES_AND_BRANCHES));
  }

  @Test
  void linesOfAllFunctionsAreWaitedForButNotTheFilesOwnLevel() {
    CodeCoverage coverage = armed(f);
    assertThat(coverage.coverage().lines()).containsExactly(3, 6, 7, 9, 10);
    assertThat(coverage.coverage().reached()).isEmpty();
  }

  @Test
  void aWatchedCallTellsWhetherItReachedSomethingNew() {
    CodeCoverage coverage = armed(f);
    CodeCoverage.Watch first = coverage.enter();
    assertThat(call(4)).isEqualTo("8");
    coverage.leave(first);
    assertThat(first.foundNew()).isTrue();
    assertThat(coverage.coverage().reached()).containsExactly(3, 6, 7);

    CodeCoverage.Watch second = coverage.enter();
    assertThat(call(5)).isEqualTo("10");
    coverage.leave(second);
    assertThat(second.foundNew()).isFalse();
  }

  @Test
  void whatRunsUnwatchedIsWaitedForAgain() {
    CodeCoverage coverage = armed(f);
    assertThat(call(4)).isEqualTo("8");
    assertThat(coverage.coverage().reached()).isEmpty();

    CodeCoverage.Watch watched = coverage.enter();
    assertThat(call(4)).isEqualTo("8");
    coverage.leave(watched);
    assertThat(watched.foundNew()).isTrue();
    assertThat(coverage.coverage().reached()).containsExactly(3, 6, 7);
  }

  @Test
  void errorsNameTheirVariableAndLineWhileLinesAreArmed() {
    String plain = call(0);
    CodeCoverage coverage = armed(f);
    assertThat(call(0))
        .isEqualTo(plain)
        .isEqualTo("m:10: attempt to index local 't' (a nil value)");
    coverage.disarm();
    assertThat(call(0)).isEqualTo(plain);
  }

  @Test
  void afterwardsTheCodeIsAsBefore() {
    CodeCoverage coverage = armed(f);
    assertThat(CodeCoverage.arm(List.of(f), CodeCoverage.Extent.LINES_AND_BRANCHES)).isNull();
    coverage.disarm();
    assertThat(call(4)).isEqualTo("8");
    assertThat(coverage.coverage().reached()).isEmpty();
    assertThat(CodeCoverage.arm(List.of(f), CodeCoverage.Extent.LINES_AND_BRANCHES)).isNotNull();
  }
}
