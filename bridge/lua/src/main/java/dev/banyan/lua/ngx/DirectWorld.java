package dev.banyan.lua.ngx;

import dev.banyan.api.Journal;
import dev.banyan.lua.ngx.shared.SharedDict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Owned by its worker's loop: the world of one handler of a request that Lua is not asked for. The
 * time stands still until the handler has waited for somebody.
 */
public final class DirectWorld implements World {
  private static final long UNREAD = -1;

  private final NgxLibraries libraries;
  private final WorkerHost worker;
  private final RequestHost request;
  private long millis = UNREAD;
  private long sockets;

  DirectWorld(NgxLibraries libraries, WorkerHost worker, RequestHost request) {
    this.libraries = libraries;
    this.worker = worker;
    this.request = request;
  }

  @Override
  public long millis() {
    if (millis == UNREAD) {
      millis = libraries.time().millis();
    }
    return millis;
  }

  @Override
  public double draw() {
    return libraries.draw();
  }

  @Override
  public Optional<SharedDict> dict(String name) {
    return libraries.dicts().named(name).map(dict -> dict.at(this::millis));
  }

  /** The handler has waited for somebody: time went on. */
  public void waited() {
    millis = UNREAD;
  }

  @Override
  public void note(int weight, Supplier<Journal.Entry> entry) {
    // only what Lua asks for is journalled
  }

  @Override
  public long nextSocket() {
    return ++sockets;
  }

  @Override
  public WorkerHost worker() {
    return worker;
  }

  @Override
  public void timer(Duration delay, WorkerHost.TimerTask task) {
    worker.timer(delay, task);
  }

  @Override
  public Function<RequestHost, DirectWorld> later() {
    NgxLibraries own = libraries;
    WorkerHost host = worker;
    return request -> new DirectWorld(own, host, request);
  }

  @Override
  public void choosePeer(String host, int port) {
    request.balancer().currentPeer(host, port);
  }

  @Override
  public void allowMoreTries(int count) {
    request.balancer().moreTries(count);
  }

  @Override
  public void responseHeader(String name, List<String> values) {
    RequestContext.responseHeader(request, name, values);
  }
}
