package dev.banyan.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Ctx;
import dev.banyan.api.Decision;
import dev.banyan.api.Dict;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.Journal;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.Results;
import dev.banyan.api.Shared;
import dev.banyan.api.Writes;
import dev.banyan.host.BoundPort;
import dev.banyan.host.ModuleHost;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.vectors.ReplayRun.Declines;
import dev.banyan.vectors.ReplayRun.Result;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ReplayRunTest {
  /** Does what Lua does, and declines or fails when it is told to. */
  @LuaModule("m")
  @Writes(vars = "mark", requestHeaders = "X-Mark")
  record Marking() implements Port {
    record Input(@Ctx("tenant.id") @Nullable String id) {}

    @Handler(value = "access", phase = Phase.ACCESS)
    Decision access(Input in) {
      return Decision.next().setVar("mark", in.id()).setRequestHeader("X-Mark", in.id());
    }

    @Function("add")
    Results add(double a, @Nullable Object b) {
      if (b instanceof String) {
        throw new IllegalStateException("can't add text");
      }
      return b instanceof Double d ? Results.of(a + d) : Results.failure("no b");
    }
  }

  /** Counts in a dict that Lua doesn't know. */
  @LuaModule("m")
  @Writes(vars = "mark", requestHeaders = "X-Mark")
  record Counting() implements Port {
    @Handler("access")
    Decision access(@Shared("d") Dict dict) {
      dict.incr("n", 1, 0);
      return Decision.next();
    }
  }

  /** Leaves everything to Lua. */
  @LuaModule("m")
  record Unwritten() implements Port {
    @Handler("access")
    Decision access() {
      return Decision.decline("not written yet");
    }
  }

  private static Result replay(Port port, RecordedCall call) {
    BoundPort bound = ModuleHost.of(List.of(port)).ports().iterator().next();
    return ReplayRun.of(bound, List.of(new Vector("0001", call))).results().getFirst();
  }

  private static String text(Port port, RecordedCall call) {
    return ResultText.of(replay(port, call));
  }

  @Test
  void aPortThatDoesAsLuaDidIsAlike() {
    assertThat(text(new Marking(), Calls.access(new Journal(0), "t")))
        .isEqualTo("vector 0001: m.access() in access of GET /a?b=1\n  as Lua did");
    assertThat(text(new Marking(), Calls.add(List.of(1d, 2d), List.of(3d)))).contains("as Lua did");
    assertThat(text(new Marking(), Calls.add(List.of(1d), Arrays.asList(null, "no b"))))
        .contains("as Lua did");
  }

  @Test
  void aDifferenceReadsLikeAnAssertionError() {
    assertThat(text(new Marking(), Calls.access(new Journal(0), "u\n")))
        .isEqualTo(
            """
            vector 0001: m.access() in access of GET /a?b=1
              request header x-mark
                expected, as Lua: [u
            ]
                but the port:     [t]
              var mark
                expected, as Lua: "u\\n"
                but the port:     "t\"\
            """);
    assertThat(text(new Marking(), Calls.add(List.of(1d, 2d), List.of(4d))))
        .contains("m.add(1, 2) in access")
        .contains("result 1\n    expected, as Lua: 4\n    but the port:     3");
  }

  @Test
  void anAskOfTheWorldThatLuaDidNotMakeIsADifference() {
    assertThat(text(new Counting(), Calls.access(new Journal(0), "t")))
        .contains("the port")
        .contains("incr of n in dict d");
  }

  @Test
  void whatThePortThrowsIsShownWithItsPlace() {
    assertThat(text(new Marking(), Calls.add(List.of(1d, "x"), List.of(3d))))
        .contains("the port failed: threw IllegalStateException: can't add text");
  }

  @Test
  void whatThePortLeavesToLuaFailsUnlessItMay() {
    Result result = replay(new Unwritten(), Calls.access(new Journal(0), "t"));
    assertThat(ResultText.of(result))
        .contains("the port left it to Lua: declined: not written yet");
    assertThat(result.isFailure(Declines.FAIL)).isTrue();
    assertThat(result.isFailure(Declines.PASS)).isFalse();
  }

  @Test
  void functionsThatThePortDoesNotReplaceAreSkipped() {
    Result result = replay(new Unwritten(), Calls.add(List.of(1d), List.of()));
    assertThat(ResultText.of(result)).contains("not the port's: add: not in the port");
    assertThat(result.isFailure(Declines.FAIL)).isFalse();
  }

  @Test
  void theSummaryCountsEachKind() {
    BoundPort bound = ModuleHost.of(List.of(new Marking())).ports().iterator().next();
    ReplayRun run =
        ReplayRun.of(
            bound,
            List.of(
                new Vector("1", Calls.access(new Journal(0), "t")),
                new Vector("2", Calls.access(new Journal(0), "u")),
                new Vector("3", Calls.add(List.of(1d, "x"), List.of()))));
    assertThat(run.summary()).isEqualTo("3 vectors: 1 alike, 1 differ, 1 broke");
    assertThat(run.failures(Declines.FAIL)).hasSize(2);
  }
}
