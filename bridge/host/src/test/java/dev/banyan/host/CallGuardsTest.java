package dev.banyan.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.FailMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Calls of ports stay within their deadline and number. */
final class CallGuardsTest {
  private final AtomicLong now = new AtomicLong();
  private final List<String> alarms = new ArrayList<>();
  private final CallGuards guards =
      new CallGuards(
          _ -> new CallRules(FailMode.LUA, Duration.ofMillis(100), 2, Breaker.Rules.DEFAULT),
          now::get,
          (module, function, took, stack) ->
              alarms.add(
                  module
                      + "."
                      + function
                      + " "
                      + took.toMillis()
                      + (stack.isEmpty() ? "" : " stack")));

  private void pass(int millis) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  @Test
  void moreCallsThanTheLimitAreRefusedUntilOneEnds() {
    CallGuards.Guarded one = guards.enter("m", "f");
    CallGuards.Guarded two = guards.enter("m", "f");
    assertThat(guards.enter("m", "f").refusal()).isEqualTo("too many calls at once");
    assertThat(guards.enter("other", "f").refusal()).isNull();
    one.leave(false);
    assertThat(guards.enter("m", "f").refusal()).isNull();
    two.leave(false);
  }

  @Test
  void aCallInTimeIsNotReported() {
    CallGuards.Guarded call = guards.enter("m", "f");
    pass(100);
    guards.look();
    assertThat(call.leave(false)).isFalse();
    assertThat(alarms).isEmpty();
  }

  @Test
  void aCallThatStillRunsIsReportedOnceWithItsStack() {
    CallGuards.Guarded call = guards.enter("m", "f");
    pass(101);
    guards.look();
    guards.look();
    assertThat(call.leave(false)).isTrue();
    assertThat(alarms).containsExactly("m.f 101 stack");
    assertThat(guards.enter("m", "f").refusal()).isEqualTo("the breaker is open");
  }

  @Test
  void aCallThatWaitsIsReportedWithoutTheStackOfWhoRunsMeanwhile() {
    CallGuards.Guarded call = guards.enter("m", "f");
    call.waiting(true);
    pass(101);
    guards.look();
    assertThat(alarms).containsExactly("m.f 101");
    assertThat(call.left()).isEqualTo(Duration.ZERO);
  }

  @Test
  void callsOfOneThreadMayEndInAnyOrder() {
    CallGuards.Guarded one = guards.enter("a", "f");
    CallGuards.Guarded two = guards.enter("b", "f");
    CallGuards.Guarded three = guards.enter("c", "f");
    two.leave(false);
    pass(101);
    guards.look();
    assertThat(alarms).containsExactlyInAnyOrder("a.f 101 stack", "c.f 101 stack");
    one.leave(false);
    three.leave(false);
    guards.look();
    assertThat(alarms).hasSize(2);
  }
}
