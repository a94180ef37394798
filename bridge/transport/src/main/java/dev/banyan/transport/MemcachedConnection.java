package dev.banyan.transport;

import dev.banyan.api.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Owned by one loop: one connection to memcached, asked for one key or told one command. */
final class MemcachedConnection extends PooledConnection {
  /** The longest first line; a key has 250 octets at most. */
  private static final int MAX_LINE = 4 << 10;

  private static final String VALUE = "VALUE ";

  private List<byte[]> command = List.of();
  private String name = "";
  private String key = "";

  MemcachedConnection(PooledSocket pooled) {
    super(pooled);
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
  public void awaitWritable(Duration timeout) {
    send(command, timeout);
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
    int end = buffered().indexOf('\n', 0);
    while (end < 0) {
      if (buffered().size() >= MAX_LINE) {
        throw broken("memcached sent too long a line");
      }
      if (!fill(timeout)) {
        throw closed();
      }
      end = buffered().indexOf('\n', 0);
    }
    return new String(buffered().take(end + 1), StandardCharsets.ISO_8859_1);
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
}
