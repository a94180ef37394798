package dev.banyan.transport;

import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: sockets that somebody else opened and listens on, for this process to accept from:
 * another Banyan that hands over to this one, or a service manager. Each is taken once.
 *
 * <p>They are told apart by the addresses that the system knows them by.
 */
public final class InheritedSockets {
  /** The first descriptor that a service manager passes. */
  private static final int FIRST_PASSED = 3;

  private static final int SOL_SOCKET = 1;
  private static final int SO_ACCEPTCONN = 30;
  private static final int SO_DOMAIN = 39;
  private static final int AF_UNIX = 1;
  private static final int AF_INET = 2;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;
  private static final int IPV4 = 4;

  private final Map<Integer, SocketAddress> waiting;
  private final boolean ownFamily;

  private InheritedSockets(Map<Integer, SocketAddress> waiting, boolean ownFamily) {
    this.waiting = waiting;
    this.ownFamily = ownFamily;
  }

  /** None at all. */
  public static InheritedSockets none() {
    return new InheritedSockets(new LinkedHashMap<>(), true);
  }

  /**
   * Those with these descriptors.
   *
   * @throws IOException when one is no socket that listens
   */
  public static InheritedSockets of(Collection<Integer> descriptors) throws IOException {
    Map<Integer, SocketAddress> all = new LinkedHashMap<>();
    boolean own = true;
    for (int descriptor : descriptors) {
      NativeSockets.require();
      Socket socket = new Socket(descriptor);
      if (socket.getIntOpt(SOL_SOCKET, SO_ACCEPTCONN) == 0) {
        throw new IOException("descriptor " + descriptor + " is no socket that listens");
      }
      int family = socket.getIntOpt(SOL_SOCKET, SO_DOMAIN);
      all.put(
          descriptor,
          family == AF_UNIX ? unix(socket.localDomainSocketAddress()) : socket.localAddress());
      own &= family == AF_UNIX || (family == AF_INET) != Socket.isIPv6Preferred();
    }
    return new InheritedSockets(all, own);
  }

  /**
   * Those that a service manager has passed to this process: by {@code LISTEN_PID} and {@code
   * LISTEN_FDS}, as systemd's socket units do.
   *
   * @throws IOException when one is no socket that listens
   */
  public static InheritedSockets passed(Map<String, String> environment) throws IOException {
    String own = Long.toString(ProcessHandle.current().pid());
    String count = environment.getOrDefault("LISTEN_FDS", "");
    if (!own.equals(environment.get("LISTEN_PID")) || !count.matches("[0-9]{1,4}")) {
      return none();
    }
    return of(
        IntStream.range(FIRST_PASSED, FIRST_PASSED + Integer.parseInt(count)).boxed().toList());
  }

  private static SocketAddress unix(DomainSocketAddress address) {
    return UnixDomainSocketAddress.of(address.path());
  }

  /** Whether there are any. */
  public synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Why loops of this method can't accept on them; null when they can. */
  public @Nullable String lack(IoMethod method) {
    if (isEmpty() || method == IoMethod.EPOLL) {
      return null;
    }
    if (method == IoMethod.NIO) {
      return "only epoll and io_uring can take sockets over";
    }
    return ownFamily ? null : "io_uring takes over sockets of this JVM's address family only";
  }

  /** The descriptor of the socket that listens on an address, which is the caller's from now on. */
  synchronized OptionalInt take(SocketAddress address) {
    for (boolean exactly : List.of(true, false)) {
      for (Map.Entry<Integer, SocketAddress> one : waiting.entrySet()) {
        if (exactly
            ? isSame(address, one.getValue())
            : isWithin(address, one.getValue()) && isBothFamilies(one.getKey())) {
          waiting.remove(one.getKey());
          return OptionalInt.of(one.getKey());
        }
      }
    }
    return OptionalInt.empty();
  }

  private static boolean isSame(SocketAddress one, SocketAddress other) {
    if (one instanceof InetSocketAddress a && other instanceof InetSocketAddress b) {
      return a.getPort() == b.getPort() && Arrays.equals(octets(a), octets(b));
    }
    return one.equals(other);
  }

  /** Whether one is every address of IPv4 and the other every address, at the same port. */
  private static boolean isWithin(SocketAddress wanted, SocketAddress held) {
    return wanted instanceof InetSocketAddress a
        && held instanceof InetSocketAddress b
        && a.getPort() == b.getPort()
        && octets(a).length == IPV4
        && a.getAddress().isAnyLocalAddress()
        && b.getAddress().isAnyLocalAddress();
  }

  /** Whether a socket of IPv6 takes IPv4 as well. */
  private static boolean isBothFamilies(int descriptor) {
    try {
      return new Socket(descriptor).getIntOpt(IPPROTO_IPV6, IPV6_V6ONLY) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** The octets of an address, those of IPv4 where it is one that IPv6 only carries. */
  private static byte[] octets(InetSocketAddress of) {
    InetAddress address = of.getAddress();
    byte[] octets = address.getAddress();
    try {
      return octets.length == IPV4 ? octets : InetAddress.getByAddress(octets).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has as many octets as it had", e);
    }
  }

  /** Lets those go that nobody has taken: nothing of this process listens there. */
  public synchronized void closeRest() throws IOException {
    for (int descriptor : waiting.keySet()) {
      new FileDescriptor(descriptor).close();
    }
    waiting.clear();
  }
}
