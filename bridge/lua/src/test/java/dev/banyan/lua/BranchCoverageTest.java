package dev.banyan.lua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.lua.lib.StandardLibraries;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

class BranchCoverageTest {
  private final LuaVm vm = LuaVm.create(StandardLibraries.options());

  /** A function {@code f} of a module, armed, and what calls to it have left to see. */
  private final class Watched {
    final LuaFunction f;
    final CodeCoverage coverage;

    Watched(String body) {
      String source = "local M = {}\nfunction M.f(a, b)\n" + body + "\nend\nreturn M\n";
      byte[] bytes = source.getBytes(StandardCharsets.ISO_8859_1);
      f = (LuaFunction) vm.call(vm.load(bytes, "=m", vm.globals()), LuaValue.NONE).arg1().get("f");
      coverage =
          Objects.requireNonNull(
              CodeCoverage.arm(List.of(f), CodeCoverage.Extent.LINES_AND_BRANCHES));
    }

    String call(LuaValue... args) {
      CodeCoverage.Watch watch = coverage.enter();
      try {
        Varargs results = vm.call(f, LuaValue.varargsOf(args));
        return results.narg() == 0 ? "" : LuaText.latin1(results.arg1().tostring());
      } catch (LuaRuntimeError e) {
        return LuaText.latin1(e.value());
      } finally {
        coverage.leave(watch);
      }
    }

    List<String> never() {
      return coverage.coverage().missingBranches().stream()
          .map(one -> one.line() + ": " + one.never())
          .toList();
    }
  }

  private static LuaValue number(int n) {
    return LuaValue.valueOf(n);
  }

  @Test
  void bothWaysOfAnIfAreWaitedForAndNamedByTheirSubject() {
    Watched one = new Watched("  if a then\n    return 1\n  end\n  return 2");
    assertThat(one.never())
        .containsExactly("3: a is never nil or false", "3: a is always nil or false");
    assertThat(one.call(LuaValue.TRUE)).isEqualTo("1");
    assertThat(one.never()).containsExactly("3: a is never nil or false");
    assertThat(one.call(LuaValue.NIL)).isEqualTo("2");
    assertThat(one.never()).isEmpty();
  }

  @Test
  void aComparisonTellsWhatItCompares() {
    Watched one = new Watched("  if a == 'block' or b < 3 then\n    return 1\n  end\n  return 2");
    assertThat(one.call(LuaValue.valueOf("block"))).isEqualTo("1");
    assertThat(one.never())
        .containsExactly(
            "3: a == \"block\" always holds", "3: b < 3 always holds", "3: b < 3 never holds");
    assertThat(one.call(LuaValue.valueOf("x"), number(2))).isEqualTo("1");
    assertThat(one.call(LuaValue.valueOf("x"), number(3))).isEqualTo("2");
    assertThat(one.never()).isEmpty();
  }

  @Test
  void loopsGoRoundAndComeToTheirEnd() {
    Watched one =
        new Watched(
            "  local n = 0\n  for i = 1, a do n = n + i end\n"
                + "  for _, v in ipairs(b or {}) do n = n + v end\n  return n");
    assertThat(one.call(number(0))).isEqualTo("0");
    assertThat(one.never())
        .containsExactly(
            "4: the loop never goes round",
            "5: b is always nil or false",
            "5: the loop never goes round");
    LuaValue list = new Table();
    list.set(1, number(5));
    assertThat(one.call(number(3), list)).isEqualTo("11");
    assertThat(one.never()).isEmpty();
  }

  @Test
  void whileLoopsAndChosenValuesAreCarriedOutAsBefore() {
    Watched one =
        new Watched(
            "  local out = ''\n  while a > 0 do\n    out = out .. (a % 2 == 0 and 'e' or 'o')\n"
                + "    a = a - 1\n  end\n  return out .. tostring(b ~= nil)");
    assertThat(one.call(number(3))).isEqualTo("oeofalse");
    assertThat(one.never()).containsExactly("8: b == nil always holds");
    assertThat(one.call(number(2), LuaValue.TRUE)).isEqualTo("eotrue");
    assertThat(one.never()).isEmpty();
  }

  @Test
  void anErrorInAComparisonReadsAsWithoutCoverage() {
    String body = "  if a < b then\n    return 1\n  end\n  return 2";
    Watched one = new Watched(body);
    String armed = one.call(number(1));
    one.coverage.disarm();
    assertThat(armed)
        .isEqualTo("m:3: attempt to compare number with nil")
        .isEqualTo(one.call(number(1)));
  }

  @Test
  void aComparisonByMetamethodRunsOnce() {
    Watched one = new Watched("  if a == b then\n    return 1\n  end\n  return 2");
    byte[] made =
        ("local n, mt = 0, {} mt.__eq = function() n = n + 1 return true end\n"
                + "return setmetatable({}, mt), setmetatable({}, mt), function() return n end")
            .getBytes(StandardCharsets.ISO_8859_1);
    Varargs pair = vm.call(vm.load(made, "=made", vm.globals()), LuaValue.NONE);
    assertThat(one.call(pair.arg(1), pair.arg(2))).isEqualTo("1");
    assertThat(vm.call((LuaFunction) pair.arg(3), LuaValue.NONE).arg1().toint()).isEqualTo(1);
  }

  @Test
  void branchesThatRunUnwatchedAreNotSeen() {
    Watched one = new Watched("  return a and 1 or 2");
    assertThat(vm.call(one.f, LuaValue.TRUE).arg1().toint()).isEqualTo(1);
    assertThat(one.never()).hasSize(2);
    assertThat(one.call(LuaValue.TRUE)).isEqualTo("1");
    assertThat(one.never()).hasSize(1);
  }

  @Test
  void aConstantIsNoBranchUnlessSomethingElseComesThere() {
    assertThat(new Watched("  return a and 'x' or 'y'").never()).hasSize(2);
    assertThat(new Watched("  if (a or 'x') then\n    return 1\n  end").never())
        .hasSizeBetween(2, 4);
    assertThat(new Watched("  return a and { a } or {}").never()).hasSize(2);
    assertThat(new Watched("  if type(a) == 'table' then\n    return 1\n  end").never())
        .containsExactly(
            "3: type(…) == \"table\" always holds", "3: type(…) == \"table\" never holds");
    assertThat(new Watched("  while true do\n    if a then return 1 end\n  end").never())
        .hasSize(2);
  }

  @Test
  void whatAForgottenCallHasSeenIsWaitedForAgain() {
    Watched one = new Watched("  if a then\n    return 1\n  end\n  return 2");
    one.call(LuaValue.NIL);
    CodeCoverage.Watch watch = one.coverage.enter();
    vm.call(one.f, LuaValue.TRUE);
    one.coverage.leave(watch);
    assertThat(watch.foundNew()).isTrue();
    one.coverage.forget(watch);
    assertThat(one.never()).containsExactly("3: a is always nil or false");
    assertThat(one.coverage.coverage().missingLines()).containsExactly(4);
    one.call(LuaValue.TRUE);
    assertThat(one.never()).isEmpty();
    assertThat(one.coverage.coverage().missingLines()).isEmpty();
  }

  @Test
  void codeWhoseBranchesWereSeenIsTheCodeThatWasCompiled() {
    Watched one = new Watched("  if a then\n    return 1\n  end\n  return 2");
    one.call(LuaValue.TRUE);
    one.call(LuaValue.NIL);
    Code code = ((BridgeClosure) one.f).code;
    assertThat(code.ops).isEqualTo(code.text);
  }
}
