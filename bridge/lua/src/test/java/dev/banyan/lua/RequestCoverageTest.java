package dev.banyan.lua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.lua.RequestCoverage.Reached;
import dev.banyan.lua.lib.StandardLibraries;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

class RequestCoverageTest {
  private static final String MODULE =
      """
      local M = {}
      function M.f(a)
        if a == "swiss" then
          return 1
        end
        return 2
      end
      function M.g()
        return "never asked"
      end
      return M
      """;

  private final LuaVm vm = LuaVm.create(StandardLibraries.options());
  private @Nullable String mark;
  private final RequestCoverage coverage = new RequestCoverage(_ -> mark);

  @BeforeEach
  void load() {
    LuaValue module = vm.call(vm.load(bytes(MODULE), "@m.lua", vm.globals()), LuaValue.NONE).arg1();
    vm.modules().loaded().rawset("m", module);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private LuaFunction f() {
    return (LuaFunction) ((LuaTable) vm.modules().loaded().rawget("m")).rawget("f");
  }

  private int call(@Nullable String by, String argument) {
    mark = by;
    return vm.call(f(), LuaValue.valueOf(argument)).arg1().toint();
  }

  private Reached take(Chunk... handlers) {
    return coverage.take(coverage.arm(vm, List::of, List.of(handlers)), Set.of());
  }

  @Test
  void aLineIsToldOfTheFirstRequestAndAWayOnOfAllThatTookIt() {
    assertThat(take().lines())
        .containsExactlyInAnyOrder("m.lua:3", "m.lua:4", "m.lua:6", "m.lua:9");
    assertThat(call("one", "x")).isEqualTo(2);
    assertThat(call("two", "y")).isEqualTo(2);
    Reached reached = take();
    assertThat(reached.places().keySet()).containsExactly("m.lua:3", "m.lua:3/1-", "m.lua:6");
    assertThat(reached.places().get("m.lua:6")).containsExactly("one");
    assertThat(reached.places().get("m.lua:3/1-")).containsExactly("one", "two");
    call("three", "z");
    assertThat(take().places()).isEmpty();
    assertThat(call("four", "swiss")).isEqualTo(1);
    assertThat(take().places().keySet()).containsExactly("m.lua:3/1+", "m.lua:4");
  }

  @Test
  void whatRunsForNoRequestIsLeftForTheNextOne() {
    take();
    call(null, "swiss");
    assertThat(take().places()).isEmpty();
    call("one", "swiss");
    assertThat(take().places().keySet()).contains("m.lua:3/1+", "m.lua:4");
  }

  @Test
  void eachFunctionIsToldWithItsWaysAndTheTextsInIt() {
    assertThat(take().functions())
        .filteredOn(one -> one.first().equals("m.lua:3"))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.words()).containsExactly("swiss");
          assertThat(one.ways()).containsExactlyInAnyOrder("m.lua:3/1+", "m.lua:3/1-");
        });
  }

  @Test
  void whatAnotherMachineHasReachedIsNotToldAgain() {
    take();
    coverage.take(Set.of(), Set.of("m.lua:6"));
    call("one", "x");
    assertThat(take().places().keySet()).containsExactly("m.lua:3", "m.lua:3/1-");
  }

  @Test
  void theOwnLevelOfAHandlerCountsAndAModuleThatIsLoadedLaterToo() {
    Chunk handler = LuaVm.compile(bytes("local n = ...\nif n then\n  n = 1\nend\n"), "=h");
    assertThat(take(handler).ways()).contains("h:2/1+", "h:2/1-");
    mark = "one";
    vm.call(handler.instantiate(vm, vm.globals()), LuaValue.TRUE);
    assertThat(take(handler).places().keySet()).contains("h:2/1+", "h:3");
    vm.modules()
        .loaded()
        .rawset(
            "late",
            vm.call(
                    vm.load(
                        bytes("return {\n f = function(a)\n  return a\n end}"),
                        "@late.lua",
                        vm.globals()),
                    LuaValue.NONE)
                .arg1());
    assertThat(take(handler).lines()).contains("late.lua:3");
  }

  @Test
  void codeOfWhichSomebodyElseTakesCoverageIsLeftOutUntilThatEnds() {
    CodeCoverage other =
        Objects.requireNonNull(CodeCoverage.arm(List.of(f()), CodeCoverage.Extent.LINES));
    Reached reached = take();
    assertThat(reached.leftOut()).containsExactly("m.lua");
    assertThat(reached.lines()).doesNotContain("m.lua:3");
    other.disarm();
    assertThat(take().lines()).contains("m.lua:3");
  }

  @Test
  void onceItIsDisarmedNothingIsHeardAndTheCodeRunsAsBefore() {
    take();
    call("one", "x");
    coverage.disarm();
    assertThat(call("two", "swiss")).isEqualTo(1);
    assertThat(CodeCoverage.isTaken(List.of(f()))).isFalse();
    Set<String> told = new TreeSet<>();
    take().places().values().forEach(told::addAll);
    assertThat(told).containsExactly("one");
  }
}
