package dev.banyan.lua.ngx;

import dev.banyan.lua.ngx.shared.SharedDict;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Owned by its worker's loop: clock, chance and shared dicts as the running Lua code has them, for
 * what answers in its place.
 */
public final class World {
  private final Execution execution;

  World(Execution execution) {
    this.execution = execution;
  }

  /** The worker's cached time in milliseconds. */
  public long millis() {
    return execution.machine.libraries().clock().millis();
  }

  /** A draw from {@code math.random}. */
  public double draw() {
    return execution.machine.libraries().draw();
  }

  /** A shared dict, seen with the worker's cached time as {@code ngx.shared} sees it. */
  public Optional<SharedDict> dict(String name) {
    WorkerClock clock = execution.machine.libraries().clock();
    return execution.machine.libraries().dicts().named(name).map(dict -> dict.at(clock::millis));
  }

  /** Notes an entry in the journals under way. */
  public void note(int weight, Supplier<dev.banyan.api.Journal.Entry> entry) {
    Execution.note(execution.machine.vm(), weight, entry);
  }

  /** A number that tells a socket from others in the journals. */
  public long nextSocket() {
    return execution.machine.nextSocket();
  }

  /** The worker. */
  public WorkerHost worker() {
    return execution.worker();
  }

  /** Chooses the peer of the upstream, as {@code set_current_peer}. */
  public void choosePeer(String host, int port) {
    RequestContext.choosePeer(execution, host, port);
  }

  /** Allows more tries of the upstream, as {@code set_more_tries}. */
  public void allowMoreTries(int count) {
    RequestContext.allowMoreTries(execution, count);
  }

  /** Replaces the fields of a response header; none removes it. */
  public void responseHeader(String name, List<String> values) {
    RequestContext.responseHeader(execution.request(), name, values);
  }
}
