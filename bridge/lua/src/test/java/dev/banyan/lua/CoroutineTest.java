package dev.banyan.lua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.ThreadLoop;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;

class CoroutineTest {
  private final LuaRig rig = new LuaRig();

  @Test
  void yields_cross_callbacks_of_natives() {
    assertThat(
            rig.text(
                "local co = coroutine.wrap(function() return (('abc'):gsub('.', coroutine.yield)) end)"
                    + " local s = co() .. co('1') .. co('2') return s .. co('3')"))
        .isEqualTo("abc123");
    assertThat(
            rig.text(
                "local co = coroutine.wrap(function() local t = {2, 1} table.sort(t,"
                    + " function(a, b) coroutine.yield('cmp') return a < b end) return t[1] end)"
                    + " local v repeat v = co() until v ~= 'cmp' return v"))
        .isEqualTo("1");
    assertThat(
            rig.text(
                "local t = setmetatable({}, {__lt = function() return coroutine.yield('lt') end})"
                    + " local co = coroutine.wrap(function() return t < t end) return co() .."
                    + " tostring(co(true))"))
        .isEqualTo("lttrue");
  }

  @Test
  void yields_end_at_require_as_in_luajit() {
    assertThat(
            rig.text(
                "package.preload.y = function() return coroutine.yield('in require') end"
                    + " local co = coroutine.create(function() return require('y') end)"
                    + " return select(2, coroutine.resume(co))"))
        .isEqualTo("attempt to yield across C-call boundary");
  }

  @Test
  void an_abandoned_coroutine_is_garbage() throws InterruptedException {
    rig.run(
        "function make() local big = {} local co = coroutine.create(function() coroutine.yield()"
            + " return big end) coroutine.resume(co) return co end");
    LuaValue make = rig.vm.globals().rawget("make");
    WeakReference<LuaValue> abandoned =
        new WeakReference<>(rig.vm.call(make, LuaValue.NONE).arg1());
    for (int i = 0; i < 50 && abandoned.get() != null; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(abandoned.get()).isNull();
  }

  @Test
  void a_hundred_thousand_abandoned_coroutines_take_no_thread_and_leave_no_memory() {
    Runtime runtime = Runtime.getRuntime();
    int threads = Thread.activeCount();
    rig.run(
        "function abandon(n) for _ = 1, n do local room = string.rep('x', 4000)"
            + " coroutine.resume(coroutine.create(function() coroutine.yield() return room end))"
            + " end end abandon(10)");
    System.gc();
    long before = runtime.totalMemory() - runtime.freeMemory();
    rig.run("abandon(100000)");
    System.gc();
    assertThat(runtime.totalMemory() - runtime.freeMemory() - before).isLessThan(40L << 20);
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 1);
  }

  @Test
  void parking_inside_nested_coroutines_suspends_the_fiber_and_keeps_threads_apart()
      throws Exception {
    try (ThreadLoop loop = new ThreadLoop("lua-test")) {
      CompletableFuture<String> first = new CompletableFuture<>();
      CompletableFuture<String> second = new CompletableFuture<>();
      loop.execute(() -> startBoth(loop, first, second));
      assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("a1 a2 a3 test:1: boom");
      assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo("b1 b2 b3 test:1: boom");
    }
  }

  private static void startBoth(
      ThreadLoop loop, CompletableFuture<String> first, CompletableFuture<String> second) {
    LuaRig shared = new LuaRig();
    LuaFunction nap =
        NativeFunction.of(
            "nap",
            args -> {
              Fiber.sleep(Duration.ofMillis(5));
              return LuaValue.NONE;
            });
    shared.vm.globals().rawset("nap", nap);
    LuaValue body =
        shared.load(
            "local name = ... local out = {} local co = coroutine.wrap(function() for i = 1, 3 do"
                + " coroutine.wrap(function() nap() coroutine.yield() end)() out[#out + 1] = name"
                + " .. i coroutine.yield() end end) for i = 1, 3 do co() end out[4] = select(2,"
                + " pcall(function() nap() error('boom') end)) return table.concat(out, ' ')");
    Fiber.start(loop, "first", () -> first.complete(call(shared, body, "a")));
    Fiber.start(loop, "second", () -> second.complete(call(shared, body, "b")));
  }

  private static String call(LuaRig rig, LuaValue body, String name) {
    return LuaText.latin1(rig.vm.call(body, LuaText.of(name)).arg1());
  }
}
