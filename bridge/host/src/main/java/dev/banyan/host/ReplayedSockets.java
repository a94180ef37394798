package dev.banyan.host;

import dev.banyan.api.Journal.Entry;
import dev.banyan.api.Journal.Entry.Connected;
import dev.banyan.api.Journal.Transport;
import dev.banyan.api.Tcp;
import dev.banyan.api.Udp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by one run of a candidate: sockets that give what the control's gave, and compare. */
final class ReplayedSockets implements Tcp, Udp {
  private final ReplayedWorld world;
  private final List<Replay> open = new ArrayList<>();

  ReplayedSockets(ReplayedWorld world) {
    this.world = world;
  }

  static boolean is(Connected socket, Transport transport, String host, int port) {
    return socket.transport() == transport && socket.host().equals(host) && socket.port() == port;
  }

  /** A socket's entries of one kind. */
  <E extends Entry> List<E> of(Class<E> kind, Connected socket) {
    List<E> found = new ArrayList<>();
    for (Entry entry : world.journal().entries()) {
      if (kind.isInstance(entry) && number(entry) == socket.socket()) {
        found.add(kind.cast(entry));
      }
    }
    return found;
  }

  /** All octets that a socket's entries of one kind carry. */
  byte[] octets(Class<? extends Entry> kind, Connected socket) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    of(kind, socket).forEach(entry -> all.writeBytes(carried(entry)));
    return all.toByteArray();
  }

  private static long number(Entry entry) {
    return switch (entry) {
      case Entry.Sent(long socket, byte[] _) -> socket;
      case Entry.Received(long socket, byte[] _) -> socket;
      default -> 0;
    };
  }

  private static byte[] carried(Entry entry) {
    return switch (entry) {
      case Entry.Sent(long _, byte[] octets) -> octets;
      case Entry.Received(long _, byte[] octets) -> octets;
      default -> new byte[0];
    };
  }

  private Connected taken(Transport transport, String host, int port) {
    @Nullable Connected socket = world.take(Connected.class, one -> is(one, transport, host, port));
    if (socket == null) {
      throw world.unknown("connected to " + host + ":" + port + ", which the control did not");
    }
    return socket;
  }

  @Override
  public Connection connect(String host, int port, Duration timeout) {
    Replay replay = new Replay(taken(Transport.TCP, host, port));
    open.add(replay);
    return replay;
  }

  @Override
  public byte[] ask(String host, int port, byte[] datagram, Duration timeout) throws IOException {
    Connected socket = told(host, port, datagram);
    List<Entry.Received> answers = of(Entry.Received.class, socket);
    if (answers.isEmpty()) {
      throw new IOException(host + ":" + port + ": timeout");
    }
    world.advance(answers.getFirst());
    return answers.getFirst().octets();
  }

  @Override
  public void send(String host, int port, byte[] datagram) {
    told(host, port, datagram);
  }

  private Connected told(String host, int port, byte[] datagram) {
    Connected socket = taken(Transport.UDP, host, port);
    if (!Arrays.equals(octets(Entry.Sent.class, socket), datagram)) {
      world.complain("sent " + host + ":" + port + " another datagram than the control");
    }
    return socket;
  }

  /** Complains of connections on which something else was sent. */
  void compare() {
    for (Replay replay : open) {
      if (!Arrays.equals(replay.sent.toByteArray(), octets(Entry.Sent.class, replay.socket))) {
        world.complain(
            "sent "
                + replay.socket.host()
                + ":"
                + replay.socket.port()
                + " something else than the control");
      }
    }
    open.clear();
  }

  /** One connection. */
  private final class Replay implements Connection {
    private final Connected socket;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final List<Entry.Received> coming;
    private byte[] rest = new byte[0];

    Replay(Connected socket) {
      this.socket = socket;
      this.coming = of(Entry.Received.class, socket);
    }

    @Override
    public void send(byte[] octets) {
      sent.writeBytes(octets);
    }

    @Override
    public byte[] receive(int max) {
      if (rest.length == 0 && !coming.isEmpty()) {
        Entry.Received next = coming.removeFirst();
        world.advance(next);
        rest = next.octets();
      }
      byte[] given = Arrays.copyOf(rest, Math.min(max, rest.length));
      rest = Arrays.copyOfRange(rest, given.length, rest.length);
      return given;
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
