package dev.banyan.transport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's loop: what memcached says to a command that is no get. */
final class MemcachedReply extends MemcachedAnswer {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NOT_FOUND = 404;
  private static final int BAD_GATEWAY = 502;

  /** The octets that statistics may have. */
  private static final int MOST = 1 << 20;

  private final MemcachedConnection connection;
  private final byte[] text;
  private boolean taken;
  private boolean released;

  private MemcachedReply(MemcachedConnection connection, int status, byte[] text) {
    super(status, text.length);
    this.connection = connection;
    this.text = text;
  }

  static MemcachedReply read(MemcachedConnection connection, String command, Duration timeout) {
    String line = connection.line(timeout);
    if (isError(line)) {
      return new MemcachedReply(connection, BAD_GATEWAY, octets(line));
    }
    if (command.equals("stats")) {
      return new MemcachedReply(connection, OK, octets(statistics(connection, line, timeout)));
    }
    int status = status(command, line);
    if (status < 0) {
      throw MemcachedConnection.broken(
          "memcached sent invalid response for command \"" + command + "\": " + line.strip());
    }
    return new MemcachedReply(connection, status, octets(line));
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean isError(String line) {
    boolean told = line.startsWith("CLIENT_ERROR ") || line.startsWith("SERVER_ERROR ");
    return line.equals("ERROR\r\n") || (told && line.endsWith("\r\n"));
  }

  private static int status(String command, String line) {
    if (!line.endsWith("\r\n")) {
      return -1;
    }
    String word = line.substring(0, line.length() - 2);
    return switch (command) {
      case "flush_all" -> word.equals("OK") ? OK : -1;
      case "version" -> word.startsWith("VERSION ") ? OK : -1;
      case "delete" -> word.equals("DELETED") ? OK : word.equals("NOT_FOUND") ? NOT_FOUND : -1;
      case "incr", "decr" -> counted(word);
      default ->
          switch (word) {
            case "STORED" -> CREATED;
            case "NOT_STORED", "EXISTS", "NOT_FOUND" -> OK;
            default -> -1;
          };
    };
  }

  private static int counted(String word) {
    if (word.equals("NOT_FOUND")) {
      return NOT_FOUND;
    }
    String digits = word.replaceFirst(" +$", "");
    boolean number = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? CREATED : -1;
  }

  private static String statistics(MemcachedConnection connection, String first, Duration timeout) {
    StringBuilder all = new StringBuilder();
    String line = first;
    while (!line.equals("END\r\n")) {
      if (!line.startsWith("STAT ") || all.length() > MOST) {
        throw MemcachedConnection.broken(
            "memcached sent invalid response for command \"stats\": " + line.strip());
      }
      all.append(line);
      line = connection.line(timeout);
    }
    return all.append(line).toString();
  }

  @Override
  public @Nullable Chunk read(Duration timeout) {
    if (taken) {
      return null;
    }
    taken = true;
    return Chunk.of(text);
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public long length() {
    return text.length;
  }

  @Override
  public void release() {
    if (!released) {
      released = true;
      connection.rest();
    }
  }
}
