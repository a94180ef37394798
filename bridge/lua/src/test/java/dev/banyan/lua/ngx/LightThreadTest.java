package dev.banyan.lua.ngx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LightThreadTest {
  private final NgxRig rig = new NgxRig();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void aThreadRunsAtOnceAndItsResultsAreWaitedFor() {
    assertThat(
            rig.say(
                """
                local t = ngx.thread.spawn(function(a) ngx.print('in ', a, ' ') return 1, 2 end, 'x')
                ngx.print(coroutine.status(t), ' ')
                ngx.print(ngx.thread.wait(t))
                ngx.say(' ', coroutine.status(t), ' ', ngx.thread.wait(t))
                """))
        .isEqualTo("in x zombie true12 dead nilalready waited or killed\n");
  }

  @Test
  void threadsTakeTurnsInTheOrderTheyYield() {
    assertThat(
            rig.say(
                """
                local function f(n) for i = 1, 2 do ngx.print(n, i, ' ') coroutine.yield() end end
                local a = ngx.thread.spawn(f, 'a')
                local b = ngx.thread.spawn(f, 'b')
                ngx.thread.wait(a) ngx.thread.wait(b)
                """))
        .isEqualTo("a1 b1 a2 b2 ");
  }

  @Test
  void waitAnswersWhoeverEndsFirst() {
    assertThat(
            rig.say(
                """
                local a = ngx.thread.spawn(function() ngx.sleep(5) return 'slow' end)
                local b = ngx.thread.spawn(function() ngx.sleep(0.01) return 'quick' end)
                ngx.say(ngx.thread.wait(a, b)) ngx.say(ngx.thread.kill(a), coroutine.status(a))
                """))
        .isEqualTo("truequick\n1dead\n");
  }

  @Test
  void thePhaseLastsUntilItsThreadsHaveEnded() {
    assertThat(rig.say("ngx.thread.spawn(function() ngx.sleep(0.02) ngx.print('late') end)"))
        .isEqualTo("late");
  }

  @Test
  void exitInAThreadEndsEverything() {
    NgxRig.Run run =
        rig.content(
            "ngx.thread.spawn(function() ngx.sleep(0.01) ngx.exit(403) end) ngx.sleep(5)"
                + " ngx.say('never')");
    assertThat(run.outcome()).isEqualTo(new Outcome.Exit(403));
    assertThat(run.text()).isEmpty();
  }

  @Test
  void anErrorInAThreadIsLoggedAndAnswered() {
    NgxRig.Run run =
        rig.content(
            "local t = ngx.thread.spawn(function() error('u') end) ngx.say(ngx.thread.wait(t))");
    assertThat(run.text()).isEqualTo("falseutest:1: u\n");
    assertThat(run.log().getFirst())
        .startsWith("4 lua user thread aborted: runtime error: test:1: u\nstack traceback:\n");
  }

  @Test
  void onlyTheParentWaits() {
    assertThat(
            rig.say(
                """
                local a = ngx.thread.spawn(function()
                  return ngx.thread.spawn(function() ngx.sleep(0.01) end) end)
                local _, inner = ngx.thread.wait(a)
                ngx.say(select(2, pcall(ngx.thread.wait, inner)))
                """))
        .isEqualTo("only the parent coroutine can wait on the thread\n");
  }

  @Test
  void coroutinesSleepInside() {
    assertThat(
            rig.say(
                """
                local co = coroutine.wrap(function(a) ngx.sleep(0.001) local b = coroutine.yield(a + 1)
                  return b * 2 end)
                ngx.say(co(1), ' ', co(21))
                ngx.say(coroutine.resume(coroutine.running()))
                """))
        .isEqualTo("2 42\nfalsecannot resume running coroutine\n");
  }

  @Test
  void semaphoresWakeInOrder() {
    assertThat(
            rig.say(
                """
                local sem = require('ngx.semaphore').new(0)
                ngx.thread.spawn(function() ngx.print(sem:wait(1), ' first ') end)
                ngx.thread.spawn(function() ngx.print(sem:wait(1), ' second ') end)
                ngx.print(sem:count(), ' ') sem:post(2)
                ngx.print(sem:wait(0.01))
                """))
        .isEqualTo("-2 true first true second falsetimeout");
  }
}
