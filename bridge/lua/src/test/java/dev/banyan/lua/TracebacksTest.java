package dev.banyan.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Stacks name what LuaJIT's name, and end where LuaJIT's errors leave them. */
final class TracebacksTest {
  private final LuaRig rig = new LuaRig();

  private String stack(String code) {
    return rig.text(
            "local seen local function note() seen = debug.traceback() end\n"
                + code
                + "\nreturn seen")
        .replaceAll("0x[0-9a-f]+", "ADDRESS");
  }

  private static String stackOf(String... lines) {
    return "stack traceback:\n\t" + String.join("\n\t", lines);
  }

  private List<String> threadsOf(String code) {
    try {
      rig.run(code);
    } catch (LuaRuntimeError e) {
      return e.threads();
    }
    throw new AssertionError("the code should have failed");
  }

  @Test
  void metamethodsAreNamedByTheOperation() {
    assertThat(stack("local x = setmetatable({}, {__index = note}).field"))
        .isEqualTo(stackOf("test:1: in function '__index'", "test:2: in main chunk"));
    assertThat(stack("setmetatable({}, {__newindex = note}).field = 1")).contains("'__newindex'");
    assertThat(stack("local x = setmetatable({}, {__add = note}) + 1")).contains("'__add'");
    assertThat(stack("local x = setmetatable({}, {__concat = note}) .. ''")).contains("'__concat'");

    assertThat(stack("local m = {__lt = note} local x = setmetatable({}, m) > setmetatable({}, m)"))
        .contains("'__lt'");
  }

  @Test
  void anIteratorIsNamedAsTheLoopKeepsIt() {
    assertThat(stack("for i in note do end")).contains("test:1: in function '(for generator)'");
  }

  @Test
  void whatNativeCodeCallsHasNoName() {
    assertThat(stack("string.gsub('a', 'a', note)"))
        .isEqualTo(
            stackOf(
                "test:1: in function <test:1>",
                "[C]: in function 'gsub'",
                "test:2: in main chunk"));
    assertThat(stack("table.foreach({1}, note)"))
        .contains("in function <test:1>\n\t[builtin:foreach]: in function 'foreach'");
  }

  @Test
  void tostringHandsOverToTheMetamethod() {
    assertThat(stack("tostring(setmetatable({}, {__tostring = function() note() return '' end}))"))
        .isEqualTo(
            stackOf(
                "test:1: in function 'note'",
                "test:2: in function 'tostring'",
                "test:2: in main chunk"));
  }

  @Test
  void aNativeStandsInThePlaceOfWhatReturnsItsCall() {
    assertThat(threadsOf("local function f() return error('x') end f()"))
        .containsExactly("\n\t[C]: in function 'f'\n\ttest:1: in main chunk");
    assertThat(
            threadsOf(
                "local function f() return string.rep() end local function g() return f() end g()"))
        .containsExactly("\n\t[C]: in function 'g'\n\ttest:1: in main chunk");
    assertThat(threadsOf("local function f() return tostring(1) end f() local x = {} + 1"))
        .containsExactly("\n\ttest: in main chunk");
  }

  @Test
  void nativesWithoutANameAreTold() {
    assertThat(rig.text("return ((nil or debug.traceback)())"))
        .startsWith("stack traceback:\n\ttest:1: in main chunk");
    assertThat(stack("local x = ({string.gsub})[1]('a', 'a', note)"))
        .contains("\n\t[builtin#90]: at ADDRESS\n");
  }

  @Test
  void anErrorLeavesNothingAboveANativeThatCallsByC() {
    assertThat(threadsOf("string.gsub('a', 'a', function() error('x') end)"))
        .containsExactly("\n\t[C]: in function 'gsub'\n\ttest:1: in main chunk");
    assertThat(threadsOf("table.foreach({1}, function() error('x') end)").getFirst())
        .startsWith("\n\t[C]: in function 'error'\n\ttest:1: in function <test:1>");
    assertThat(
            rig.text(
                "local co = coroutine.create(function() table.sort({2, 1}, error) end)\n"
                    + "coroutine.resume(co) return debug.traceback(co)"))
        .isEqualTo(stackOf("[C]: in function 'sort'", "test:1: in function <test:1>"));
  }

  @Test
  void aThreadsStackEndsAfterTwentyTwoLevels() {
    String[] lines =
        threadsOf("local function f(n) if n == 0 then error('x') end f(n - 1) return 1 end f(30)")
            .getFirst()
            .split("\n\t");
    assertThat(lines).hasSize(24);
    assertThat(lines[23]).isEqualTo("...");
  }

  @Test
  void valuesThatCannotBeSortedAreToldWithoutAPlace() {
    assertThat(rig.text("table.sort({1, 'a', 2})"))
        .isEqualTo("error: attempt to compare string with number");
  }
}
