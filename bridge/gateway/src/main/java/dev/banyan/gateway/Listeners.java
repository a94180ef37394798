package dev.banyan.gateway;

import dev.banyan.nginx.CoreSettings;
import dev.banyan.nginx.HostPort;
import dev.banyan.nginx.Listen;
import dev.banyan.nginx.ListenSockets;
import dev.banyan.nginx.NginxConf;
import dev.banyan.nginx.ServerConf;
import dev.banyan.nginx.ServerSettings;
import dev.banyan.transport.AcceptedSockets;
import dev.banyan.transport.Closing;
import dev.banyan.transport.InheritedSockets;
import dev.banyan.transport.Listener;
import dev.banyan.transport.ListenerLimits;
import dev.banyan.transport.ListenerOptions;
import dev.banyan.transport.TransportException;
import dev.banyan.transport.WorkerLoop;
import dev.banyan.transport.Workers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Thread-safe: the sockets of a gateway, kept across configurations where their address stays. */
final class Listeners {
  private static final Duration POLL = Duration.ofMillis(10);

  /** In this time whoever was accepted last is one of the connections. */
  private static final Duration SETTLING = Duration.ofMillis(200);

  private final Workers workers;
  private final Supplier<Generation> current;
  private final @Nullable Enclosure enclosure;
  private final InheritedSockets inherited;
  private final Map<String, Listener> open = new LinkedHashMap<>();

  Listeners(Workers workers, Supplier<Generation> current, GatewayOptions options) {
    this.workers = workers;
    this.current = current;
    this.enclosure = options.enclosure();
    this.inherited = options.inherited();
  }

  /** Sockets that are bound for a configuration which is about to be swapped in. */
  interface Plan {
    /** Swaps, then closes what the new configuration doesn't listen on any more. */
    void commit(Runnable swap);
  }

  /**
   * Binds the addresses that are new.
   *
   * @throws GatewayException when one can't be bound; nothing is changed then
   */
  synchronized Plan prepare(NginxConf conf) {
    Map<String, Listener> bound = new LinkedHashMap<>();
    List<Listener.Change> changes = new ArrayList<>();
    List<String> wanted = new ArrayList<>();
    for (dev.banyan.nginx.Listener listener : conf.http().listeners()) {
      String address = listener.listen().address().toString();
      wanted.add(address);
      try {
        Listener known = open.get(address);
        if (known == null) {
          bound.put(address, bind(listener, address));
        } else {
          changes.add(known.prepare(options(listener, address)));
        }
      } catch (TransportException | UnknownHostException e) {
        bound.values().forEach(Listener::close);
        throw new GatewayException(
            e.getMessage() + " in " + listener.listen().file() + ":" + listener.listen().line(), e);
      }
    }
    return swap -> commit(wanted, bound, changes, swap);
  }

  private synchronized void commit(
      List<String> wanted,
      Map<String, Listener> bound,
      List<Listener.Change> changes,
      Runnable swap) {
    swap.run();
    changes.forEach(Listener.Change::commit);
    open.putAll(bound);
    List<String> gone = new ArrayList<>(open.keySet());
    gone.removeAll(wanted);
    for (String address : gone) {
      Listener listener = open.remove(address);
      if (listener != null) {
        listener.stopAccepting();
      }
    }
  }

  private Listener bind(dev.banyan.nginx.Listener listener, String address)
      throws UnknownHostException {
    return Listener.bind(
        workers,
        socket(listener.listen()),
        options(listener, address),
        new Exchanges(current, address),
        inherited);
  }

  private SocketAddress socket(Listen listen) throws UnknownHostException {
    HostPort host = listen.address();
    if (enclosure != null) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
    return listen.wildcard()
        ? new InetSocketAddress(host.host().equals("::") ? "::" : "0.0.0.0", host.port())
        : Addresses.resolve(host).getFirst();
  }

  private ListenerOptions options(dev.banyan.nginx.Listener listener, String address) {
    Listen listen = listener.listen();
    return new ListenerOptions(
        limits(listener.servers().defaultServer()),
        listen.ssl() ? ServerTls.of(listener, new Handshakes(current, address)) : null,
        listen.http2(),
        listen.proxyProtocol() && enclosure == null,
        listen.backlog() > 0 ? listen.backlog() : ListenerOptions.DEFAULT_BACKLOG,
        sockets(listen.sockets()));
  }

  private static AcceptedSockets sockets(ListenSockets said) {
    ListenSockets.Keepalive keep = said.keepalive();
    return keep == null
        ? new AcceptedSockets(null, 0, 0, 0, said.receiveBuffer(), said.sendBuffer())
        : new AcceptedSockets(
            keep.on(),
            keep.idle(),
            keep.interval(),
            keep.count(),
            said.receiveBuffer(),
            said.sendBuffer());
  }

  private static ListenerLimits limits(ServerConf server) {
    CoreSettings core = server.root().core();
    ServerSettings settings = server.settings();
    return new ListenerLimits(
        size(settings.clientHeaderBufferSize()),
        settings.largeHeaderBuffers(),
        size(settings.largeHeaderBufferSize()),
        Math.max(1, settings.maxHeaders()),
        settings.clientHeaderTimeout(),
        core.sendTimeout(),
        core.keepaliveTimeout(),
        core.keepaliveRequests(),
        new Closing(
            Closing.Lingering.valueOf(core.lingeringClose().name()),
            core.lingeringTimeout(),
            core.lingeringTime(),
            core.resetTimedoutConnection()),
        ListenerLimits.DEFAULT.maxConnections(),
        settings.http2MaxConcurrentStreams());
  }

  private static int size(long bytes) {
    return Math.clamp(bytes, 1, Integer.MAX_VALUE);
  }

  synchronized List<InetSocketAddress> addresses() {
    return open.values().stream().map(Listener::address).toList();
  }

  synchronized int connections() {
    return open.values().stream().mapToInt(Listener::connections).sum();
  }

  synchronized int connections(WorkerLoop of) {
    return open.values().stream().mapToInt(listener -> listener.connections(of)).sum();
  }

  synchronized void stopConnections(WorkerLoop of) {
    open.values().forEach(listener -> listener.stopConnections(of));
  }

  /** Stops accepting and waits until the connections have ended, at most {@code patience}. */
  void drain(Duration patience) {
    synchronized (this) {
      open.values().forEach(Listener::stopAccepting);
    }
    awaitEnd(patience);
  }

  private void awaitEnd(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (connections() > 0
        && System.nanoTime() < end
        && !Thread.currentThread().isInterrupted()) {
      pause(POLL);
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins to accept on the sockets that somebody else opened. */
  synchronized void accept() {
    open.values().forEach(Listener::accept);
  }

  /**
   * The descriptors of the sockets.
   *
   * @throws GatewayException when there are some that no other process can have
   */
  synchronized List<Integer> descriptors() {
    List<Integer> all = new ArrayList<>();
    for (Listener listener : open.values()) {
      all.add(
          listener
              .descriptor()
              .orElseThrow(() ->
                  new GatewayException(
                      "sockets of \"use %s\" in \"events\" can't be handed over: take epoll or io_uring"
                          .formatted(workers.method()))));
    }
    return all;
  }

  /**
   * Stops accepting on sockets that another process accepts on, and waits until the connections
   * have ended, at most {@code patience}.
   */
  void leave(Duration patience) {
    List<Listener> all;
    synchronized (this) {
      all = List.copyOf(open.values());
    }
    all.forEach(Listener::leave);
    pause(SETTLING);
    all.forEach(Listener::letGo);
    awaitEnd(patience.minus(SETTLING));
  }

  synchronized void close() {
    open.values().forEach(Listener::close);
    open.clear();
  }
}
