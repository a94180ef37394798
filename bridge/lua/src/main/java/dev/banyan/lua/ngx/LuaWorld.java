package dev.banyan.lua.ngx;

import dev.banyan.api.Journal;
import dev.banyan.lua.ngx.shared.SharedDict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Owned by its worker's loop: the world as the running Lua code has it. */
final class LuaWorld implements World {
  private final Execution execution;

  LuaWorld(Execution execution) {
    this.execution = execution;
  }

  @Override
  public long millis() {
    return execution.machine.libraries().clock().millis();
  }

  @Override
  public double draw() {
    return execution.machine.libraries().draw();
  }

  @Override
  public Optional<SharedDict> dict(String name) {
    WorkerClock clock = execution.machine.libraries().clock();
    return execution.machine.libraries().dicts().named(name).map(dict -> dict.at(clock::millis));
  }

  @Override
  public void note(int weight, Supplier<Journal.Entry> entry) {
    Execution.note(execution.machine.vm(), weight, entry);
  }

  @Override
  public long nextSocket() {
    return execution.machine.nextSocket();
  }

  @Override
  public WorkerHost worker() {
    return execution.worker();
  }

  @Override
  public void timer(Duration delay, WorkerHost.TimerTask task) {
    TimerApi.add(execution, delay, task);
  }

  @Override
  public Function<RequestHost, DirectWorld> later() {
    return execution.machine::directWorld;
  }

  @Override
  public void choosePeer(String host, int port) {
    RequestContext.choosePeer(execution, host, port);
  }

  @Override
  public void allowMoreTries(int count) {
    RequestContext.allowMoreTries(execution, count);
  }

  @Override
  public void responseHeader(String name, List<String> values) {
    RequestContext.responseHeader(execution.request(), name, values);
  }
}
