package dev.banyan.lua.ngx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Phase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandlerRunTest {
  private final NgxRig rig = new NgxRig();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void sayPrintsValuesAsLuaNginxModuleDoes() {
    assertThat(rig.say("ngx.say('a', 1, 2.5, 1e15, nil, true, ngx.null, {'x', {1, 'y'}})"))
        .isEqualTo("a12.51e+15niltruenullx1y\n");
  }

  @Test
  void exitEndsTheHandlerWithItsStatus() {
    assertThat(rig.content("ngx.exit(403) ngx.say('never')").outcome())
        .isEqualTo(new Outcome.Exit(403));
  }

  @Test
  void pcallDoesNotCatchExit() {
    assertThat(rig.content("pcall(ngx.exit, 404) ngx.say('never')").outcome())
        .isEqualTo(new Outcome.Exit(404));
  }

  @Test
  void variablesAreReadAndWritten() {
    NgxRig.Run run =
        rig.run(
            Phase.ACCESS,
            r -> {
              r.variables.put("host", "a.example");
              r.variables.put("x", "");
            },
            "ngx.var.x = ngx.var.HOST .. 1");
    assertThat(run.request().variables).containsEntry("x", "a.example1");
  }

  @Test
  void headersTakeUnderscoresAndLists() {
    NgxRig.Run run =
        rig.content("ngx.header.x_a = {'1', '2'} ngx.header['Set-Cookie'] = 'a=b' ngx.say('')");
    assertThat(run.request().responseHeaders().all("X-A")).containsExactly("1", "2");
    assertThat(run.request().responseHeaders().first("set-cookie")).isEqualTo("a=b");
  }

  @Test
  void lineBreaksInHeadersAreEscaped() {
    NgxRig.Run run = rig.content("ngx.header['X-A'] = 'a\\r\\nb: c'");
    assertThat(run.request().responseHeaders().first("X-A")).isEqualTo("a%0D%0Ab: c");
  }

  @Test
  void ctxLastsAcrossPhasesOfARequest() {
    NgxRig.Run run = rig.run(Phase.ACCESS, r -> {}, "ngx.ctx.n = 41");
    rig.again(run.request(), "ngx.say(ngx.ctx.n + 1)");
    assertThat(run.text()).isEqualTo("42\n");
  }

  @Test
  void sleepingLetsTheHandlerGoOn() {
    assertThat(rig.say("ngx.sleep(0.01) ngx.say(ngx.get_phase())")).isEqualTo("content\n");
  }

  @Test
  void logLinesCarryThePosition() {
    NgxRig.Run run = rig.content("local function f() ngx.log(ngx.ERR, 'x', nil, true) end\nf()");
    assertThat(run.log()).contains("4 [lua] test:1: f(): xniltrue");
  }

  @Test
  void anUncaughtErrorIsLoggedWithItsStack() {
    NgxRig.Run run = rig.content("error('oops')");
    assertThat(run.outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(run.log())
        .containsExactly(
            """
            4 lua entry thread aborted: runtime error: test:1: oops
            stack traceback:
            coroutine 0:
            \t[C]: in function 'error'
            \ttest:1: in main chunk\
            """);
  }

  @Test
  void anErrorThatIsNoTextHasNoStackWhereHandlersCanNotWait() {
    assertThat(rig.run(Phase.HEADER_FILTER, r -> {}, "error({})").log())
        .containsExactly("4 failed to run header_filter_by_lua*: unknown reason");
  }

  @Test
  void aFailedCoroutineIsLoggedWithThoseThatResumedIt() {
    assertThat(rig.content("local f = coroutine.wrap(function() error('x') end)\nf()").log())
        .containsExactly(
            """
            4 lua entry thread aborted: runtime error: test:1: x
            stack traceback:
            coroutine 0:
            \t[C]: in function 'error'
            \ttest:1: in function <test:1>
            coroutine 1:
            \t[C]: in function 'f'
            \ttest:2: in main chunk\
            """);
  }

  @Test
  void aWorkerThatEndsStartsNoTimer() {
    assertThat(rig.run(Phase.EXIT_WORKER, r -> {}, "ngx.timer.at(0, print)").log().getFirst())
        .contains("API disabled in the context of exit_worker_by_lua*");
  }

  @Test
  void codeThatDoesNotCompileFails() {
    NgxRig.Run run = rig.content("x =");
    assertThat(run.outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(run.log().getFirst()).startsWith("4 failed to load inlined Lua code: test:1:");
  }

  @Test
  void aForbiddenPhaseIsRefused() {
    NgxRig.Run run = rig.run(Phase.HEADER_FILTER, r -> {}, "ngx.say('x')");
    assertThat(run.log().getFirst())
        .startsWith(
            "4 failed to run header_filter_by_lua*: test:1: API disabled in the context of"
                + " header_filter_by_lua*");
  }

  @Test
  void redirectSetsLocationOnce() {
    NgxRig.Run run = rig.content("ngx.redirect('/a', 301)");
    assertThat(run.outcome()).isEqualTo(new Outcome.Redirect(301, "/a"));
    assertThat(run.request().responseHeaders().all("Location")).containsExactly("/a");
  }

  @Test
  void execTakesArgumentsAsATable() {
    assertThat(rig.content("ngx.exec('/a?x=1', {b = 'c d'})").outcome())
        .isEqualTo(new Outcome.Exec("/a", "x=1&b=c%20d"));
  }

  @Test
  void aNewGlobalIsWarnedAbout() {
    NgxRig.Run run = rig.content("foo = 1");
    assertThat(run.log().getFirst())
        .startsWith(
            "5 [lua] _G write guard:12: __newindex(): writing a global Lua variable ('foo')");
  }
}
