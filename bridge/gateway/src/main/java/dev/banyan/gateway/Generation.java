package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.Loop;
import dev.banyan.transport.WorkerLoop;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Thread-safe: the workers of one configuration, one a loop. */
final class Generation {
  /** The longest that the start of a worker may take, {@code init_by_lua} included. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** How long others wait for what a worker does at its begin or end. */
  private static final Duration END_PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Generation.class);

  private final Service service;
  private final int count;
  private final Map<Loop, GatewayWorker> workers = new ConcurrentHashMap<>();
  private final Map<Loop, GatewayWorker> former = new ConcurrentHashMap<>();

  private Generation(Service service, int count) {
    this.service = service;
    this.count = count;
  }

  /**
   * Builds the workers, each on its own loop; every machine runs {@code init_by_lua} once, since
   * there is no process that could be forked after it.
   *
   * @throws GatewayException when {@code init_by_lua} fails or an upstream's host is not found
   */
  static Generation create(Service service, List<WorkerLoop> loops) {
    Generation made = new Generation(service, loops.size());
    List<CompletableFuture<GatewayWorker>> building = new ArrayList<>();
    for (WorkerLoop loop : loops) {
      building.add(made.building(loop));
    }
    building.forEach(made::add);
    return made;
  }

  private CompletableFuture<GatewayWorker> building(WorkerLoop loop) {
    CompletableFuture<GatewayWorker> worker = new CompletableFuture<>();
    Fiber.submit(loop, "start", () -> build(service, loop, count, worker));
    return worker;
  }

  private GatewayWorker add(CompletableFuture<GatewayWorker> building) {
    try {
      GatewayWorker worker = building.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      workers.put(worker.loop(), worker);
      return worker;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GatewayException known) {
        throw known;
      }
      throw new GatewayException("a worker can't be started: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new GatewayException(
          "a worker can't be started in " + PATIENCE.toSeconds() + " s: try again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GatewayException("a worker's start was interrupted", e);
    }
  }

  /**
   * Puts a fresh worker beside one that is held, whose requests go on when it is free.
   *
   * @throws GatewayException when it can't be started
   */
  void substitute(WorkerLoop held, WorkerLoop fresh) {
    GatewayWorker worker = add(building(fresh));
    fresh.execute(worker::begin);
    GatewayWorker before = workers.remove(held);
    if (before != null) {
      former.put(held, before);
    }
  }

  /** Takes over the former workers of the configuration before: their connections go on there. */
  void adopt(Generation before) {
    former.putAll(before.former);
  }

  /** Forgets a former worker: its last connection has ended. */
  void forget(Loop loop) {
    former.remove(loop);
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
      worker = former.get(loop);
    }
    if (worker == null) {
      throw new IllegalArgumentException("not a loop of this gateway");
    }
    return worker;
  }

  /** The workers that take new connections. */
  List<GatewayWorker> all() {
    return List.copyOf(workers.values());
  }

  /** Runs {@code init_worker_by_lua} everywhere. */
  void begin() {
    onEach(GatewayWorker::begin, PATIENCE);
  }

  /** Tells the workers' timers that they end; requests go on, and may begin. */
  void expire() {
    onEach(GatewayWorker::expire, END_PATIENCE);
  }

  /** Ends the workers; requests that are under way go on. */
  void end() {
    onEach(GatewayWorker::end, END_PATIENCE);
    former.values().stream()
        .filter(worker -> worker.service().equals(service))
        .forEach(worker -> worker.loop().execute(worker::end));
  }

  private void onEach(Consumer<GatewayWorker> action, Duration patience) {
    List<CompletableFuture<Void>> done = new ArrayList<>();
    for (GatewayWorker worker : workers.values()) {
      done.add(CompletableFuture.runAsync(() -> action.accept(worker), worker.loop()));
    }
    try {
      CompletableFuture.allOf(done.toArray(CompletableFuture<?>[]::new))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("a worker is held by a call: it will be told when it is free");
    } catch (ExecutionException e) {
      throw new GatewayException("a worker failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
