package dev.banyan.lua.ngx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Phase;
import org.junit.jupiter.api.Test;

/** Where LuaJIT's native code stands on the stack, nothing waits; and what a worker's os sees. */
final class BoundaryTest {
  private static final String BOUNDARY = "attempt to yield across C-call boundary";

  private final NgxRig rig = new NgxRig();

  @Test
  void aModuleBeingLoadedCantWait() {
    assertThat(
            rig.say(
                "package.preload.m = function() ngx.sleep(0) end "
                    + "ngx.say(select(2, pcall(require, 'm')))"))
        .contains(BOUNDARY);
  }

  @Test
  void aCoroutineResumedByAModuleBeingLoadedCantWaitEither() {
    assertThat(
            rig.say(
                "package.preload.m = function() local co = coroutine.create(function() ngx.sleep(0) end) "
                    + "ngx.say(coroutine.resume(co)) end require 'm'"))
        .contains(BOUNDARY);
  }

  @Test
  void aModuleWaitsOnceItIsLoaded() {
    assertThat(
            rig.say(
                "package.preload.m = function() return ngx.sleep end "
                    + "require('m')(0) ngx.say('slept')"))
        .isEqualTo("slept\n");
  }

  @Test
  void anErrorHandlerCantWait() {
    assertThat(
            rig.say(
                "local e ngx.say(xpcall(error, function() "
                    + "e = select(2, pcall(ngx.sleep, 0)) return 'handled' end)) ngx.say(e)"))
        .startsWith("falsehandled\n")
        .contains(BOUNDARY);
  }

  @Test
  void workersSeeOnlyWhatTheConfigurationPassesOn() {
    assertThat(
            rig.say(
                "ngx.say(os.getenv('FOO'), ' ', os.getenv('HOME'), ' ', os.getenv('TZ'), ' ',"
                    + " os.getenv('PATH'))"))
        .isEqualTo("hello the HOME the TZ nil\n");
  }

  @Test
  void initSeesTheWholeEnvironmentThroughAFunctionOfItsOwn() {
    rig.run(
        Phase.INIT,
        r -> {},
        "package.loaded.path = os.getenv('PATH') package.loaded.f = os.getenv");
    assertThat(
            rig.say(
                "ngx.say(package.loaded.path, ' ', os.getenv('PATH'), ' ',"
                    + " os.getenv == package.loaded.f)"))
        .isEqualTo("the PATH nil false\n");
  }
}
