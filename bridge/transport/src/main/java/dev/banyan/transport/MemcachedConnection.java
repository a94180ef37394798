package dev.banyan.transport;

import dev.banyan.api.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Owned by one loop: one connection to memcached, asked for one key or told one command. */
final class MemcachedConnection implements Upstream.Connection {
  /** The longest first line; a key has 250 octets at most. */
  private static final int MAX_LINE = 4 << 10;

  private static final String VALUE = "VALUE ";

  private final RawSocket socket;
  private final PooledSocket pooled;
  private List<byte[]> command = List.of();
  private String name = "";
  private String key = "";
  private long received;
  private long sent;

  MemcachedConnection(PooledSocket pooled) {
    this.pooled = pooled;
    this.socket = pooled.socket();
  }

  @Override
  public boolean reused() {
    return pooled.reused();
  }

  @Override
  public void option(RawSocket.Option option, int value) {
    socket.option(option, value);
  }

  @Override
  public void sendHead(String method, String target, String version, Headers headers) {
    byte[] octets = target.getBytes(StandardCharsets.ISO_8859_1);
    name = method;
    key = target;
    command = isGet() ? MemcachedUpstream.command(octets) : List.of(octets);
  }

  private boolean isGet() {
    return name.equals("get");
  }

  @Override
  public void writeBody(Chunk chunk, boolean chunked) {
    throw new IllegalStateException("a get has no body");
  }

  @Override
  public void endBody(boolean chunked) {
    // a get has none
  }

  @Override
  public void awaitWritable(Duration timeout) {
    socket.send(command, timeout);
    command.forEach(piece -> sent += piece.length);
    command = List.of();
  }

  @Override
  public Upstream.Response awaitResponse(Duration timeout, boolean headRequest) {
    if (!isGet()) {
      return MemcachedReply.read(this, name, timeout);
    }
    String line = line(timeout);
    return answer(line.substring(0, line.length() - 1));
  }

  /** The next line, with its end. */
  String line(Duration timeout) {
    int end = socket.buffered().indexOf('\n', 0);
    while (end < 0) {
      if (socket.buffered().size() >= MAX_LINE) {
        throw broken("memcached sent too long a line");
      }
      if (!fill(timeout)) {
        throw new TransportException(TransportException.Kind.CLOSED, false, "closed", null);
      }
      end = socket.buffered().indexOf('\n', 0);
    }
    return new String(socket.buffered().take(end + 1), StandardCharsets.ISO_8859_1);
  }

  private MemcachedValue answer(String line) {
    if (!line.endsWith("\r")) {
      throw invalid(line);
    }
    String text = line.substring(0, line.length() - 1);
    if (text.equals("END")) {
      return new MemcachedValue(this, 404, -1, "0");
    }
    if (!text.startsWith(VALUE)) {
      throw invalid(text);
    }
    if (!text.startsWith(key, VALUE.length())) {
      throw broken(
          "memcached sent invalid key in response \"" + text + "\" for key \"" + key + "\"");
    }
    int flags = VALUE.length() + key.length() + 1;
    int space = text.indexOf(' ', flags);
    if (space < 0 || text.charAt(flags - 1) != ' ') {
      throw invalid(text);
    }
    long length = number(text.substring(space + 1));
    if (length < 0) {
      throw broken(
          "memcached sent invalid length in response \"" + text + "\" for key \"" + key + "\"");
    }
    return new MemcachedValue(this, 200, length, text.substring(flags, space));
  }

  /** A number without a sign; -1 for anything else. */
  static long number(String text) {
    boolean digits =
        !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Long.parseLong(text) : -1;
  }

  private static TransportException invalid(String line) {
    return broken("memcached sent invalid response: \"" + line + "\"");
  }

  static TransportException broken(String message) {
    return new TransportException(TransportException.Kind.PROTOCOL, false, message, null);
  }

  /** Parks until more octets are there; false when none will come. */
  boolean fill(Duration timeout) {
    int before = socket.buffered().size();
    boolean more = socket.fill(timeout);
    received += socket.buffered().size() - before;
    return more;
  }

  RawSocket.ReadBuffer buffered() {
    return socket.buffered();
  }

  /** Whole: the connection may be used again. */
  void rest() {
    pooled.rest();
  }

  @Override
  public void close() {
    socket.close();
  }

  @Override
  public long bytesReceived() {
    return received;
  }

  @Override
  public long bytesSent() {
    return sent;
  }
}
