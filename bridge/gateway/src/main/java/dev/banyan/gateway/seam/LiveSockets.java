package dev.banyan.gateway.seam;

import dev.banyan.api.Dns;
import dev.banyan.api.Journal.Entry;
import dev.banyan.api.Journal.Transport;
import dev.banyan.api.Tcp;
import dev.banyan.api.Udp;
import dev.banyan.host.CallGuards;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.StreamSocket;
import dev.banyan.lua.ngx.WorkerHost;
import dev.banyan.lua.seam.SeamCall;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Owned by one call: cosockets and names as a port uses them, parking the request while they wait.
 */
final class LiveSockets implements Tcp, Udp, Dns {
  private static final int LARGEST_DATAGRAM = 65_535;
  private static final int MOST_CONNECTIONS = 100;

  private final SeamCall call;
  private final CallGuards.Guarded guarded;
  private final Runnable sent;
  private final List<Connection> open = new ArrayList<>(1);
  private boolean ended;

  /**
   * @param sent told before the first octet goes out
   */
  LiveSockets(SeamCall call, CallGuards.Guarded guarded, Runnable sent) {
    this.call = call;
    this.guarded = guarded;
    this.sent = sent;
  }

  /** Closes what the call has left open, and opens nothing any more: the call has ended. */
  void close() {
    ended = true;
    open.forEach(Connection::close);
    open.clear();
  }

  @Override
  public Connection connect(String host, int port, Duration timeout) throws IOException {
    if (open.size() >= MOST_CONNECTIONS) {
      throw new IOException("a call opens at most " + MOST_CONNECTIONS + " connections");
    }
    Duration within = within(timeout);
    String pool = host + ":" + port;
    StreamSocket stream =
        waiting(
            pool, () -> call.request().worker().connectTcp(host, port, null, pool, 0, -1, within));
    long number = connected(Transport.TCP, host, port);
    Connection connection = new Live(stream, number, pool, timeout);
    open.add(connection);
    return connection;
  }

  private long connected(Transport transport, String host, int port) {
    long number = call.nextSocket();
    call.note(new Entry.Connected(number, transport, host, port), host.length());
    return number;
  }

  /** The given limit, or what is left of the call's deadline. */
  private Duration within(Duration timeout) throws IOException {
    requireCall();
    Duration left = guarded.left();
    if (left.isZero()) {
      throw new IOException("the call's deadline is over");
    }
    return left.compareTo(timeout) < 0 ? left : timeout;
  }

  /** What guards this call guards another one later. */
  private void requireCall() throws IOException {
    if (ended) {
      throw new IOException("the call that was given these sockets has ended");
    }
  }

  private <T> T waiting(String peer, Supplier<T> wait) throws IOException {
    requireCall();
    guarded.waiting(true);
    try {
      return wait.get();
    } catch (NgxFailure e) {
      throw new IOException(peer + ": " + e.getMessage(), e);
    } finally {
      guarded.waiting(false);
    }
  }

  @Override
  public byte[] ask(String host, int port, byte[] datagram, Duration timeout) throws IOException {
    Duration within = within(timeout);
    return exchange(host, port, datagram, socket -> socket.receive(LARGEST_DATAGRAM, within));
  }

  @Override
  public void send(String host, int port, byte[] datagram) throws IOException {
    exchange(host, port, datagram, _ -> new byte[0]);
  }

  /** What follows when a datagram was sent. */
  @FunctionalInterface
  private interface Answering {
    byte[] from(WorkerHost.DatagramSocket socket);
  }

  private byte[] exchange(String host, int port, byte[] datagram, Answering answering)
      throws IOException {
    return waiting(
        host + ":" + port,
        () -> {
          WorkerHost.DatagramSocket socket = call.request().worker().connectUdp(host, port);
          try {
            long number = connected(Transport.UDP, host, port);
            sent.run();
            socket.send(List.of(datagram));
            call.note(new Entry.Sent(number, datagram), datagram.length);
            byte[] answer = answering.from(socket);
            if (answer.length > 0) {
              call.note(new Entry.Received(number, answer), answer.length);
            }
            return answer;
          } finally {
            socket.close();
          }
        });
  }

  @Override
  public List<String> addresses(String name) throws IOException {
    List<String> addresses = waiting(name, () -> call.request().worker().resolve(name));
    call.note(new Entry.Resolved(name, List.copyOf(addresses)), name.length());
    return addresses;
  }

  /** One connection. */
  private final class Live implements Connection {
    private final StreamSocket stream;
    private final long number;
    private final String peer;
    private final Duration timeout;
    private boolean closed;

    Live(StreamSocket stream, long number, String peer, Duration timeout) {
      this.stream = stream;
      this.number = number;
      this.peer = peer;
      this.timeout = timeout;
    }

    @Override
    public void send(byte[] octets) throws IOException {
      requireOpen();
      Duration within = within(timeout);
      sent.run();
      waiting(
          peer,
          () -> {
            stream.send(List.of(octets), within);
            return octets;
          });
      call.note(new Entry.Sent(number, octets), octets.length);
    }

    @Override
    public byte[] receive(int max) throws IOException {
      requireOpen();
      if (stream.available() == 0) {
        Duration within = within(timeout);
        waiting(peer, () -> stream.fill(within));
      }
      byte[] octets = stream.take(Math.min(max, stream.available()));
      if (octets.length > 0) {
        call.note(new Entry.Received(number, octets), octets.length);
      }
      return octets;
    }

    private void requireOpen() throws IOException {
      if (closed) {
        throw new IOException(peer + ": closed");
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        stream.close();
      }
    }
  }
}
