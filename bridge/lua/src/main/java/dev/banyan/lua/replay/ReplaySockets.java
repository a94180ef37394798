package dev.banyan.lua.replay;

import dev.banyan.api.Journal;
import dev.banyan.api.Journal.Entry;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.StreamSocket;
import dev.banyan.lua.ngx.WorkerHost.DatagramSocket;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its lane's thread: sockets whose peers say what they said when the call was recorded.
 * What wasn't connected then is refused now.
 */
final class ReplaySockets {
  private final List<Entry> left = new ArrayList<>();
  private List<Entry> all = List.of();

  /** A call begins. */
  void begin(Journal journal) {
    all = journal.entries();
    left.clear();
    left.addAll(all);
  }

  StreamSocket stream(String host, int port) {
    return new Stream(received(Journal.Transport.TCP, host, port));
  }

  DatagramSocket datagrams(String host, int port) {
    return new Datagrams(received(Journal.Transport.UDP, host, port));
  }

  List<String> resolve(String name) {
    for (Entry entry : left) {
      if (entry instanceof Entry.Resolved known && known.name().equals(name)) {
        left.remove(entry);
        return known.addresses();
      }
    }
    throw new NgxFailure(name + " could not be resolved");
  }

  private Deque<byte[]> received(Journal.Transport transport, String host, int port) {
    for (Entry entry : left) {
      if (entry instanceof Entry.Connected socket
          && socket.transport() == transport
          && socket.host().equals(host)
          && socket.port() == port) {
        left.remove(entry);
        Deque<byte[]> pieces = new ArrayDeque<>();
        for (Entry other : all) {
          if (other instanceof Entry.Received piece && piece.socket() == socket.socket()) {
            pieces.add(piece.octets());
          }
        }
        return pieces;
      }
    }
    throw new NgxFailure("connection refused");
  }

  /** A stream that ends when the recording does. */
  private static final class Stream implements StreamSocket {
    private final Deque<byte[]> pieces;
    private final Map<Option, Integer> options = new EnumMap<>(Option.class);
    private byte[] held = {};

    Stream(Deque<byte[]> pieces) {
      this.pieces = pieces;
    }

    @Override
    public int available() {
      return held.length;
    }

    @Override
    public int at(int index) {
      return held[index] & 0xff;
    }

    @Override
    public int indexOf(int octet, int from) {
      for (int i = from; i < held.length; i++) {
        if ((held[i] & 0xff) == octet) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public byte[] take(int count) {
      byte[] taken = Arrays.copyOf(held, count);
      held = Arrays.copyOfRange(held, count, held.length);
      return taken;
    }

    @Override
    public boolean fill(Duration timeout) {
      byte[] next = pieces.poll();
      if (next == null) {
        return false;
      }
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      joined.writeBytes(held);
      joined.writeBytes(next);
      held = joined.toByteArray();
      return true;
    }

    @Override
    public void send(List<byte[]> pieces, Duration timeout) {
      // the journal of the replayed call tells what was sent
    }

    @Override
    public void handshake(
        @Nullable String serverName,
        boolean verify,
        @Nullable Identity identity,
        Duration timeout) {
      // the recording is of what was said inside
    }

    @Override
    public void close() {
      pieces.clear();
    }

    @Override
    public void keepAlive(Duration idle, int poolSize) {
      if (held.length > 0) {
        throw new NgxFailure("unread data in buffer");
      }
      pieces.clear();
    }

    @Override
    public int reusedTimes() {
      return 0;
    }

    @Override
    public int option(Option option) {
      return options.getOrDefault(option, 0);
    }

    @Override
    public void option(Option option, int value) {
      options.put(option, value);
    }
  }

  /** Datagrams that stay out when the recording ends. */
  private record Datagrams(Deque<byte[]> pieces) implements DatagramSocket {
    @Override
    public void send(List<byte[]> datagram) {
      // the journal of the replayed call tells what was sent
    }

    @Override
    public byte[] receive(int max, Duration timeout) {
      byte[] next = pieces.poll();
      if (next == null) {
        throw new NgxFailure("timeout");
      }
      return next.length > max ? Arrays.copyOf(next, max) : next;
    }

    @Override
    public void close() {
      pieces.clear();
    }
  }
}
