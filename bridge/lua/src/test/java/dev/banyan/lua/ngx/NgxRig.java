package dev.banyan.lua.ngx;

import dev.banyan.api.Phase;
import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.ThreadLoop;
import dev.banyan.lua.lib.StandardLibraries;
import dev.banyan.lua.ngx.re.ReSettings;
import dev.banyan.lua.ngx.shared.SharedDicts;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs Lua handlers on a machine of its own, on a loop of its own. */
final class NgxRig implements AutoCloseable {
  private final ThreadLoop loop = new ThreadLoop("worker");
  final MemoryWorker worker = new MemoryWorker(loop);
  private final NgxMachine machine;
  private int chunks;

  NgxRig() {
    this(new SharedDicts(List.of()), InstantSource.system());
  }

  NgxRig(SharedDicts dicts, InstantSource time) {
    NgxLibraries.Settings settings =
        new NgxLibraries.Settings(
            ReSettings.DEFAULT,
            dicts,
            time,
            ZoneOffset.UTC,
            new Random(42),
            new ProcessEnvironment(Map.of("FOO", "hello"), Set.of("HOME"), name -> "the " + name),
            worker::log);
    machine =
        onLoop(() ->
            NgxMachine.create(StandardLibraries.options(), settings, new ChunkCache(), worker));
  }

  /** What a run left behind. */
  record Run(Outcome outcome, MemoryRequest request, List<String> log) {
    String text() {
      return request.printed();
    }
  }

  Run run(Phase phase, Consumer<MemoryRequest> setup, String lua) {
    MemoryRequest request = new MemoryRequest(worker, phase);
    setup.accept(request);
    return new Run(again(request, lua), request, worker.log);
  }

  /** Runs another handler for the same request. */
  Outcome again(MemoryRequest request, String lua) {
    LuaSource source =
        new LuaSource.Inline(
            "=test" + (chunks == 0 ? "" : "-" + chunks), lua.getBytes(StandardCharsets.ISO_8859_1));
    chunks++;
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Fiber.submit(
        loop,
        "request",
        () -> {
          try {
            outcome.complete(machine.run(source, request.phase(), request));
          } catch (Throwable t) {
            outcome.completeExceptionally(t);
            throw t;
          }
        });
    return outcome.orTimeout(20, TimeUnit.SECONDS).join();
  }

  Run content(String lua) {
    return run(Phase.CONTENT, r -> {}, lua);
  }

  /** What content code prints. */
  String say(String lua) {
    return content(lua).text();
  }

  private <T> T onLoop(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, loop).orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** Waits for what the loop does later. */
  void await(Supplier<Boolean> event) throws InterruptedException {
    for (int i = 0; i < 3_000 && !onLoop(event); i++) {
      Thread.sleep(10);
    }
  }

  @Override
  public void close() {
    worker.children().close();
    loop.close();
  }
}
