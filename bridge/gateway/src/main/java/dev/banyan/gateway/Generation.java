package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.Loop;
import dev.banyan.transport.WorkerLoop;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Thread-safe: the workers of one configuration, one a loop. */
final class Generation {
  private final Service service;
  private final Map<Loop, GatewayWorker> workers;

  private Generation(Service service, Map<Loop, GatewayWorker> workers) {
    this.service = service;
    this.workers = workers;
  }

  /**
   * Builds the workers, each on its own loop; every machine runs {@code init_by_lua} once, since
   * there is no process that could be forked after it.
   *
   * @throws GatewayException when {@code init_by_lua} fails or an upstream's host is not found
   */
  static Generation create(Service service, List<WorkerLoop> loops) {
    List<CompletableFuture<GatewayWorker>> building = new ArrayList<>();
    for (WorkerLoop loop : loops) {
      CompletableFuture<GatewayWorker> worker = new CompletableFuture<>();
      building.add(worker);
      Fiber.submit(loop, "start", () -> build(service, loop, loops.size(), worker));
    }
    Map<Loop, GatewayWorker> workers = new HashMap<>();
    try {
      for (CompletableFuture<GatewayWorker> one : building) {
        GatewayWorker worker = one.join();
        workers.put(worker.loop(), worker);
      }
    } catch (CompletionException e) {
      if (e.getCause() instanceof GatewayException known) {
        throw known;
      }
      throw new GatewayException("a worker can't be started: " + e.getCause(), e);
    }
    return new Generation(service, workers);
  }

  private static void build(
      Service service, WorkerLoop loop, int count, CompletableFuture<GatewayWorker> result) {
    try {
      result.complete(new GatewayWorker(service, loop, count));
    } catch (UnknownHostException e) {
      result.completeExceptionally(
          new GatewayException("host not found in upstream \"" + e.getMessage() + "\"", e));
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  Service service() {
    return service;
  }

  /** The worker of a loop. */
  GatewayWorker worker(Loop loop) {
    GatewayWorker worker = workers.get(loop);
    if (worker == null) {
      throw new IllegalArgumentException("not a loop of this gateway");
    }
    return worker;
  }

  /** Runs {@code init_worker_by_lua} everywhere. */
  void begin() {
    onEach(GatewayWorker::begin);
  }

  /** Ends the workers; requests that are under way go on. */
  void end() {
    onEach(GatewayWorker::end);
  }

  private void onEach(java.util.function.Consumer<GatewayWorker> action) {
    List<CompletableFuture<Void>> done = new ArrayList<>();
    for (GatewayWorker worker : workers.values()) {
      done.add(CompletableFuture.runAsync(() -> action.accept(worker), worker.loop()));
    }
    done.forEach(CompletableFuture::join);
  }
}
