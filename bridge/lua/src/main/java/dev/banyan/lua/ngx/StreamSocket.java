package dev.banyan.lua.ngx;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one loop: the byte stream under a TCP cosocket. Calls park the current fiber.
 *
 * <p>Failures are {@link NgxFailure} with lua-nginx-module's text ("timeout", "closed", …).
 */
public interface StreamSocket {
  /** Received bytes that nobody has taken. */
  int available();

  /** The received byte at {@code index}, 0–255. */
  int at(int index);

  /** Position of {@code octet} at or after {@code from} among the received bytes, or -1. */
  int indexOf(int octet, int from);

  /** Takes the first {@code count} received bytes. */
  byte[] take(int count);

  /** Parks until more bytes are there; false at the peer's end. */
  boolean fill(Duration timeout);

  /** Sends the pieces in order; parks until the socket took them. */
  void send(List<byte[]> pieces, Duration timeout);

  /**
   * TLS handshake as client; {@code serverName} null sends no SNI.
   *
   * @param identity the own certificates, or null for those of the configuration
   */
  void handshake(
      @Nullable String serverName, boolean verify, @Nullable Identity identity, Duration timeout);

  /** A chain, its own certificate first, and the key to it. */
  record Identity(List<X509Certificate> chain, PrivateKey key) {
    /** Copies the chain. */
    public Identity {
      chain = List.copyOf(chain);
    }
  }

  /** Closes it. Idempotent. */
  void close();

  /** Puts it into the pool that it was connected for, of that size unless it has one. */
  void keepAlive(Duration idle, int poolSize);

  /** Whether that pool has a size. */
  default boolean pooled() {
    return false;
  }

  /** How often it was taken from the pool. */
  int reusedTimes();

  /** What {@code getoption} tells: 0 or 1 of a switch, octets of a buffer. */
  int option(Option option);

  /** Sets an option as {@code setoption} does, for as long as the connection lives. */
  void option(Option option, int value);

  /** What can be set, by the names that Lua gives it. */
  enum Option {
    KEEPALIVE("keepalive"),
    REUSEADDR("reuseaddr"),
    TCP_NODELAY("tcp-nodelay"),
    SNDBUF("sndbuf"),
    RCVBUF("rcvbuf");

    private static final Map<String, Option> BY_TEXT =
        Arrays.stream(values()).collect(Collectors.toMap(o -> o.text, Function.identity()));

    private final String text;

    Option(String text) {
      this.text = text;
    }

    /** The option of a name; null for none. */
    public static @Nullable Option find(String text) {
      return BY_TEXT.get(text);
    }
  }
}
