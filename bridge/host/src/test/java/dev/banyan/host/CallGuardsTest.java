package dev.banyan.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.api.FailMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Calls of ports stay within their deadline and number. */
final class CallGuardsTest {
  private final AtomicLong now = new AtomicLong();
  private final List<String> alarms = Collections.synchronizedList(new ArrayList<>());
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

  @Test
  void whatGuardedALateCallGuardsTheNextOneAnew() {
    CallGuards.Guarded late = guards.enter("a", "f");
    late.waiting(true);
    pass(101);
    guards.look();
    late.leave(false);
    CallGuards.Guarded next = guards.enter("b", "g");
    assertThat(next).isSameAs(late);
    pass(100);
    guards.look();
    assertThat(alarms).containsExactly("a.f 101");
    pass(1);
    guards.look();
    assertThat(next.leave(false)).isTrue();
    assertThat(next.nanos()).isEqualTo(Duration.ofMillis(101).toNanos());
    assertThat(alarms).containsExactly("a.f 101", "b.g 101 stack");
  }

  @Test
  void aCallEndsOnce() {
    CallGuards.Guarded call = guards.enter("m", "f");
    call.leave(false);
    assertThatThrownBy(() -> call.leave(false)).hasMessage("this call is not under way");
  }

  @Test
  void whoLooksWhileCallsComeAndGoReportsNoneThatWasInTime() throws InterruptedException {
    AtomicBoolean ends = new AtomicBoolean();
    Thread looks =
        new Thread(() -> {
          while (!ends.get()) {
            guards.look();
          }
        });
    looks.start();
    for (int i = 0; i < 200_000; i++) {
      CallGuards.Guarded outer = guards.enter("a", "f");
      CallGuards.Guarded inner = guards.enter("b", "g");
      pass(60);
      inner.leave(false);
      pass(40);
      outer.leave(false);
    }
    ends.set(true);
    looks.join();
    assertThat(alarms).isEmpty();
  }
}
