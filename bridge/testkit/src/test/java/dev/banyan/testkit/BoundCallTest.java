package dev.banyan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Body;
import dev.banyan.api.Ctx;
import dev.banyan.api.Decision;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.Header;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Path;
import dev.banyan.api.Port;
import dev.banyan.api.ResponseStatus;
import dev.banyan.api.Results;
import dev.banyan.api.Writes;
import dev.banyan.host.BoundTarget;
import dev.banyan.host.CallOutcome;
import dev.banyan.host.ModuleHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The code that is made for a port's methods hands over what was declared, in each way to call. */
class BoundCallTest {
  private static final TestWorld WORLD =
      PortTester.of(new Odd(), Instant.ofEpochMilli(1_000)).world();

  /** Methods of all shapes. */
  @LuaModule("odd")
  @Writes(ctx = "seen")
  static final class Odd implements Port {
    /** Components of all kinds. */
    record Input(
        @Body(max = 100) byte @Nullable [] body,
        @Path String path,
        @Header("X-Many") List<String> many,
        @ResponseStatus int status,
        @Ctx("flag") boolean flag,
        @Ctx("share") double share,
        @Ctx("limits") @Nullable Limits limits) {
      String text() {
        String octets = body == null ? "-" : new String(body, StandardCharsets.ISO_8859_1);
        return String.join(" ", octets, path, many.toString())
            + " "
            + status
            + " "
            + flag
            + " "
            + share
            + " "
            + limits;
      }
    }

    /** A record of a table. */
    record Limits(@Nullable Double perSecond, @Nullable String name) {}

    @Handler("access")
    Decision access(Input in) {
      return Decision.next().setCtx("seen", in.text());
    }

    @Function("five")
    Results five(String a, Input in, Clock clock, long b, boolean c) {
      return Results.of(a, in.path(), (double) clock.millis(), (double) b, c);
    }

    @Function("none")
    String none() {
      return "none";
    }

    @Function("breaks")
    String breaks(boolean really) throws IOException {
      if (really) {
        throw new IOException("declared");
      }
      return "whole";
    }

    @Function("primitives")
    double primitives(double a, long b) {
      return a + b;
    }
  }

  private static BoundTarget target(String name) {
    return Objects.requireNonNull(
        Objects.requireNonNull(ModuleHost.of(List.of(new Odd())).port("odd")).target(name));
  }

  private static TestCall request() {
    return TestCall.get("/a")
        .body("octets".getBytes(StandardCharsets.ISO_8859_1))
        .header("X-Many", "1")
        .header("X-Many", "2")
        .responseStatus(204)
        .ctx("flag", true)
        .ctx("share", 0.5)
        .ctx("limits", Map.of("per_second", 3d, "name", "n"));
  }

  private static List<CallOutcome> inEachWay(String name, TestCall call, Object... arguments) {
    BoundTarget target = target(name);
    List<@Nullable Object> lua = Arrays.asList(arguments);
    @Nullable Object[] early = target.early(call);
    target.finish(early, call);
    return List.of(
        target.answer(call, lua, WORLD),
        target.invoke(target.extract(call), lua, WORLD),
        target.invoke(target.input(early), lua, WORLD));
  }

  @Test
  void allComponentsOfAnInput() {
    assertThat(inEachWay("access", request()))
        .allSatisfy(outcome ->
            assertThat(outcome)
                .isEqualTo(
                    new CallOutcome.Decided(
                        Decision.next()
                            .setCtx(
                                "seen",
                                "octets /a [1, 2] 204 true 0.5"
                                    + " Limits[perSecond=3.0, name=n]"))));
    assertThat(inEachWay("access", TestCall.get("/")))
        .allSatisfy(outcome ->
            assertThat(outcome)
                .isEqualTo(
                    new CallOutcome.Decided(
                        Decision.next().setCtx("seen", "- / [] 0 false 0.0 null"))));
  }

  @Test
  void argumentsInputAndDoorsInAnyOrder() {
    assertThat(inEachWay("five", request(), "a", 7d, true))
        .allSatisfy(outcome ->
            assertThat(((CallOutcome.Answered) outcome).results().values())
                .containsExactly("a", "/a", 1_000d, 7d, true));
    assertThat(inEachWay("primitives", request(), 1.5, 2d))
        .allSatisfy(outcome ->
            assertThat(((CallOutcome.Answered) outcome).results().values()).containsExactly(3.5));
    assertThat(inEachWay("none", request()))
        .allSatisfy(outcome ->
            assertThat(((CallOutcome.Answered) outcome).results().values())
                .containsExactly("none"));
  }

  @Test
  void anArgumentThatDoesNotFitIsLeftToLua() {
    for (Object[] wrong :
        new Object[][] {{"a", 7.5, true}, {"a", 7d}, {"a", "7", true}, {true, 7d, true}, {}}) {
      assertThat(inEachWay("five", request(), wrong))
          .as(Arrays.toString(wrong))
          .allSatisfy(outcome ->
              assertThat(outcome)
                  .isEqualTo(new CallOutcome.Fallback("an argument doesn't fit", null)));
    }
  }

  @Test
  void aDeclaredExceptionIsAnOutcome() {
    assertThat(inEachWay("breaks", request(), true))
        .allSatisfy(outcome -> {
          CallOutcome.Fallback fallback = (CallOutcome.Fallback) outcome;
          assertThat(fallback.reason()).isEqualTo("threw IOException");
          assertThat(fallback.cause()).isInstanceOf(IOException.class);
          assertThat(fallback.failure()).isTrue();
        });
  }
}
