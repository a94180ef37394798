package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.StreamSocket;
import dev.banyan.lua.ngx.WorkerHost;
import dev.banyan.nginx.HostPort;
import dev.banyan.nginx.LocationSettings;
import dev.banyan.nginx.Resolver;
import dev.banyan.transport.SocketPool;
import dev.banyan.transport.Sockets;
import dev.banyan.transport.TransportException;
import dev.banyan.transport.UdpSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by one worker's loop: what cosockets connect to, and their pools. */
final class Cosockets {
  private final GatewayWorker worker;
  private final Sockets sockets;

  Cosockets(GatewayWorker worker, Sockets sockets) {
    this.worker = worker;
    this.sockets = sockets;
  }

  StreamSocket tcp(
      String host,
      int port,
      @Nullable InetAddress local,
      String pool,
      int poolSize,
      int backlog,
      Duration timeout) {
    int common = backlog < 0 ? 0 : worker.socketDefaults(null).poolSize();
    int size = poolSize > 0 ? poolSize : common; // 0: setkeepalive says it
    try {
      SocketPool idle = sockets.pool(pool, size, backlog);
      return new CosocketStream(
          idle.connect(
              () -> resolve(host, port),
              local == null ? null : new InetSocketAddress(local, 0),
              timeout),
          idle,
          location().lua());
    } catch (TransportException e) {
      throw SocketFailures.of(e);
    }
  }

  WorkerHost.DatagramSocket udp(String host, int port) {
    try {
      return new Datagrams(sockets.udp(resolve(host, port)));
    } catch (TransportException e) {
      throw SocketFailures.of(e);
    }
  }

  /** The addresses of a name. */
  List<String> addresses(String name) {
    List<String> addresses = new ArrayList<>();
    for (SocketAddress address : resolveAll(name, 0)) {
      if (address instanceof InetSocketAddress inet) {
        addresses.add(inet.getAddress().getHostAddress());
      }
    }
    return addresses;
  }

  private SocketAddress resolve(String host, int port) {
    return resolveAll(host, port).getFirst();
  }

  private List<SocketAddress> resolveAll(String host, int port) {
    try {
      HostPort target =
          host.startsWith(HostPort.UNIX) ? new HostPort(host, 0) : new HostPort(bare(host), port);
      if (!target.isUnix() && Addresses.literal(target) == null && resolver().servers().isEmpty()) {
        throw new NgxFailure("no resolver defined to resolve \"" + host + "\"");
      }
      return worker.names().resolve(target, resolver());
    } catch (Names.Unresolved e) {
      throw new NgxFailure(String.valueOf(e.getMessage()));
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private Resolver resolver() {
    return location().core().resolver();
  }

  /** Whose settings hold: the running request's or timer's location, or the http block. */
  private LocationSettings location() {
    Fiber fiber = Fiber.currentOrNull();
    @Nullable Object owner = fiber == null ? null : fiber.local();
    return switch (owner) {
      case Request r -> r.location().settings();
      case TimerRequest timer -> timer.level();
      case null, default -> worker.service().http().root();
    };
  }

  /** Owned by one loop: a UDP cosocket. */
  private record Datagrams(UdpSocket socket) implements WorkerHost.DatagramSocket {
    @Override
    public void send(List<byte[]> pieces) {
      try {
        socket.send(pieces);
      } catch (TransportException e) {
        throw SocketFailures.of(e);
      }
    }

    @Override
    public byte[] receive(int max, Duration timeout) {
      try {
        return socket.receive(max, timeout);
      } catch (TransportException e) {
        throw SocketFailures.of(e);
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
