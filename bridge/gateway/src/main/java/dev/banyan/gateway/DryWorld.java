package dev.banyan.gateway;

import dev.banyan.api.Journal;
import dev.banyan.lua.ngx.DirectWorld;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.WorkerHost;
import dev.banyan.lua.ngx.World;
import dev.banyan.lua.ngx.shared.SharedDict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Owned by one dry run: what effects may touch. The ports themselves see a journal's world, so that
 * nothing is read here.
 */
final class DryWorld implements World {
  private final DryRequest dry;

  DryWorld(DryRequest dry) {
    this.dry = dry;
  }

  @Override
  public long millis() {
    throw unread();
  }

  @Override
  public double draw() {
    throw unread();
  }

  @Override
  public Optional<SharedDict> dict(String name) {
    throw unread();
  }

  @Override
  public void note(int weight, Supplier<Journal.Entry> entry) {
    // nothing is journalled
  }

  @Override
  public long nextSocket() {
    throw unread();
  }

  @Override
  public WorkerHost worker() {
    return dry.worker();
  }

  @Override
  public void timer(Duration delay, WorkerHost.TimerTask task) {
    // never due
  }

  @Override
  public Function<RequestHost, DirectWorld> later() {
    return _ -> {
      throw unread();
    };
  }

  @Override
  public void choosePeer(String host, int port) {
    dry.balancer().currentPeer(host, port);
  }

  @Override
  public void allowMoreTries(int count) {
    dry.balancer().moreTries(count);
  }

  @Override
  public void responseHeader(String name, List<String> values) {
    RequestContext.responseHeader(dry, name, values);
  }

  private static IllegalStateException unread() {
    return new IllegalStateException("effects read nothing of the world");
  }
}
