package dev.banyan.gateway;

import dev.banyan.gateway.cache.CacheKeeper;
import dev.banyan.gateway.cache.CacheZone;
import dev.banyan.lua.ngx.shared.SharedDict;
import dev.banyan.lua.ngx.shared.SharedDicts;
import dev.banyan.lua.seam.CallRecorder;
import dev.banyan.lua.seam.CannotRecord;
import dev.banyan.lua.seam.ShadowedLines;
import dev.banyan.nginx.CachePath;
import dev.banyan.nginx.NamedLog;
import dev.banyan.nginx.NginxConf;
import dev.banyan.transport.IoMethod;
import dev.banyan.transport.TransportException;
import dev.banyan.transport.WorkerLoop;
import dev.banyan.transport.Workers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * Thread-safe: an nginx.conf in service.
 *
 * <p>A new configuration is built whole, then swapped whole: requests that are under way end under
 * the one that they began with, and one that can't be built changes nothing. Any number of gateways
 * live in one process.
 */
public final class Gateway implements AutoCloseable {
  /** How often a worker that was replaced looks whether its connections have ended. */
  private static final Duration LEAVING = Duration.ofMillis(200);

  private final GatewayOptions options;
  private final Workers workers;
  private final LogWriter logs;
  private final LimitZones zones = new LimitZones();
  private final DiskWork disk = new DiskWork();
  private final CacheKeeper caches;
  private final Listeners listeners;
  private final Stats stats;
  private final LongAdder luaEntries = new LongAdder();
  private SharedDicts dicts;
  private volatile Generation generation;

  @SuppressWarnings("NullAway.Init") // the first configuration is put in place by start
  private Gateway(GatewayOptions options, int count, IoMethod method) {
    this.options = options;
    this.stats = new Stats(this::connections);
    Runnable idle = options.idleTask();
    this.workers =
        idle == null ? new Workers(count, method) : new Workers(count, method, unlessBusy(idle));
    this.logs =
        options.enclosure() == null ? new LogWriter(options.stderr()) : LogWriter.dropping();
    this.listeners = new Listeners(workers, () -> generation, options);
    this.dicts = new SharedDicts(List.of());
    this.caches = new CacheKeeper(options.clock(), this::complain);
  }

  private Runnable unlessBusy(Runnable idle) {
    Stats counts = stats;
    return () -> {
      if (counts.writing() == 0) {
        idle.run();
      }
    };
  }

  private int connections() {
    return listeners.connections();
  }

  /**
   * Puts a configuration in service: builds the workers, runs {@code init_by_lua} and {@code
   * init_worker_by_lua}, and listens.
   *
   * @throws GatewayException when Lua's initialisation fails or an address can't be bound
   */
  public static Gateway start(NginxConf conf, GatewayOptions options) {
    int wanted = conf.main().workers();
    int count = wanted == 0 ? options.workers() : Math.min(wanted, options.workers());
    IoMethod method = EventMethod.of(conf.main().use(), options.inherited());
    Gateway gateway = new Gateway(options, Math.max(1, count), method);
    try {
      gateway.reload(conf);
      return gateway;
    } catch (RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  /**
   * Swaps the configuration. Shared dicts, limit zones and caches whose sizes stay the same keep
   * their content.
   *
   * @throws GatewayException when it can't be put in service; the present one goes on then
   */
  public synchronized void reload(NginxConf conf) {
    if (options.enclosure() == null) {
      LogFiles.make(conf);
      HostNames.look(conf);
    }
    SharedDicts nextDicts = dictsOf(conf);
    Collection<CachePath> paths = conf.http().cachePaths().values();
    Map<String, CacheZone> nextCaches = caches.zones(paths);
    Service service =
        new Service(conf, options, logs, nextDicts, zones, nextCaches, disk, stats, luaEntries);
    Generation next = Generation.create(service, workers.loops());
    next.begin();
    Generation before = generation;
    if (before == null) {
      generation = next;
    } else {
      next.adopt(before);
    }
    try {
      listeners.prepare(conf).commit(() -> generation = next);
    } catch (GatewayException e) {
      next.end();
      throw e;
    }
    dicts = nextDicts;
    if (options.enclosure() == null) {
      caches.keep(nextCaches, paths);
    }
    logs.standing(conf.logs().stream().map(NamedLog::name).toList(), conf.http().logBuffers());
    logs.reopen();
    if (before != null) {
      before.end();
    }
  }

  /**
   * Puts a fresh worker, with a Lua machine of its own, in the place of the one whose thread a call
   * holds. New connections go to the fresh one at once. Nothing can end the call: the worker's own
   * connections wait until it returns, get their answers then, and are closed; after the last one
   * the worker ends.
   *
   * @return whether there is a fresh worker; there is none for a thread that is no worker's or was
   *     replaced before, nor beyond {@link Workers#MAX_HELD}
   * @throws GatewayException when the fresh worker can't be started
   */
  public synchronized boolean replaceWorker(Thread held) {
    WorkerLoop former = workers.loopOf(held).orElse(null);
    WorkerLoop fresh = former == null ? null : workers.substitute(former).orElse(null);
    if (former == null || fresh == null) {
      return false;
    }
    try {
      generation.substitute(former, fresh);
    } catch (GatewayException e) {
      workers.end(fresh);
      throw e;
    }
    workers.deal(fresh);
    former.execute(() -> former.schedule(() -> leave(former), LEAVING));
    return true;
  }

  /** Runs on the former worker's loop: it is free again. */
  private void leave(WorkerLoop former) {
    listeners.stopConnections(former);
    if (listeners.connections(former) > 0) {
      former.schedule(() -> leave(former), LEAVING);
      return;
    }
    GatewayWorker worker = generation.worker(former);
    generation.forget(former);
    if (!worker.exiting()) {
      worker.end();
    }
    workers.end(former);
  }

  /**
   * Begins to record the calls of a Lua module on every worker of the present configuration; those
   * of a later one don't record.
   *
   * @throws CannotRecord with the reason; nothing is recorded then
   */
  public synchronized Recording record(String module, CallRecorder recorder) throws CannotRecord {
    return Recording.begin(generation.all(), module, recorder, past());
  }

  /**
   * Begins to meter the calls of these Lua modules on every worker of the present configuration;
   * those of a later one don't.
   */
  public synchronized Metering meter(Collection<String> modules) {
    return Metering.begin(generation.all(), modules, past());
  }

  /**
   * Begins to tell which requests reach which Lua for the first time, on every worker of the
   * present configuration.
   *
   * @param field the name of the field whose value tells requests apart
   */
  public synchronized Covering cover(String field) {
    return Covering.begin(generation.all(), field, past());
  }

  /** Tells, at any time, whether another configuration has taken the place of the present one. */
  private BooleanSupplier past() {
    Generation began = generation;
    return () -> generation != began;
  }

  /**
   * Which lines of a Lua module shadowed calls have reached, on the workers of the present
   * configuration that are free to tell; for any thread but a worker's.
   */
  public ShadowedLines.Lines shadowedLines(String module) {
    ShadowedLines.Lines all = ShadowedLines.Lines.NONE;
    for (GatewayWorker worker : generation.all()) {
      ShadowedLines.Lines seen = Recording.on(worker, () -> worker.lua().shadowedLines(module));
      all = seen == null ? all : all.and(seen);
    }
    return all;
  }

  /** Tells in the error log what no request has met. */
  private void complain(String what) {
    Generation now = generation;
    if (now != null) {
      GatewayWorker worker = now.all().getFirst();
      worker.loop().execute(() -> worker.log(ErrorLog.CRIT, what));
    }
  }

  private SharedDicts dictsOf(NginxConf conf) {
    List<SharedDict> all = new ArrayList<>();
    for (Map.Entry<String, Long> dict : conf.http().lua().sharedDicts().entrySet()) {
      SharedDict known = dicts.named(dict.getKey()).orElse(null);
      boolean same = known != null && known.capacity() == dict.getValue();
      all.add(
          same && known != null
              ? known
              : new SharedDict(dict.getKey(), dict.getValue(), options.clock()::millis));
    }
    return new SharedDicts(all);
  }

  /** How connections are waited for, as nginx's {@code use} names it. */
  public String eventMethod() {
    return workers.method().toString();
  }

  /** The addresses that it listens on, with their real ports, in the configuration's order. */
  public List<InetSocketAddress> addresses() {
    return listeners.addresses();
  }

  /** The shared dicts of the present configuration. */
  public synchronized SharedDicts dicts() {
    return dicts;
  }

  /** How often Java has called into the workers' Lua machines, timers and start included. */
  public long luaEntries() {
    return luaEntries.sum();
  }

  /**
   * Closes the files of logs and opens them anew, as a program wants that has moved them away. A
   * new configuration does so too.
   */
  public void reopenLogs() {
    logs.reopen();
  }

  /** Lines of logs that were lost because the disk was too slow. */
  public long droppedLogLines() {
    return logs.dropped();
  }

  /**
   * Begins to accept on the sockets that it was given; only then are those that the configuration
   * doesn't listen on closed.
   *
   * @throws GatewayException when one can't be used
   */
  public void accept() {
    try {
      listeners.accept();
      options.inherited().closeRest();
    } catch (TransportException | IOException e) {
      throw new GatewayException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The descriptors of the sockets that it listens on.
   *
   * @throws GatewayException when no other process can have them
   */
  public List<Integer> descriptors() {
    return listeners.descriptors();
  }

  /**
   * Stops, where another process accepts on the same sockets: whoever has a connection here may ask
   * once more, running requests end within {@code patience}, then everything is closed.
   */
  public void leave(Duration patience) {
    generation.expire();
    listeners.leave(patience);
    close();
  }

  /**
   * Stops: no new connections, running requests end within {@code patience}, then everything is
   * closed.
   */
  public void stop(Duration patience) {
    listeners.drain(patience);
    close();
  }

  @Override
  public synchronized void close() {
    listeners.close();
    Generation last = generation;
    if (last != null) {
      last.end();
    }
    workers.close();
    caches.close();
    disk.close();
    logs.close();
  }
}
