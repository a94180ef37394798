package dev.banyan.transport;

import dev.banyan.api.Headers;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one loop: keep-alive HTTP/1.x connections to origins. Calls park the current fiber.
 *
 * <p>One request at a time per connection; {@link Response#release()} gives the connection back to
 * the pool of its key when its body was read to the end and both sides keep it alive.
 */
public interface Upstream {
  /**
   * Takes a pooled connection or opens one.
   *
   * @throws TransportException {@code CONNECT}, {@code TIMEOUT}, {@code TLS}; always retryable
   */
  Connection connect(Peer peer, Duration timeout);

  /**
   * Where to connect to and how: also the key of the pool.
   *
   * @param address a resolved {@link java.net.InetSocketAddress} or a {@link
   *     java.net.UnixDomainSocketAddress}
   * @param local the address to connect from; null for the system's choice
   * @param tls null for plain HTTP
   * @param pool name of the keep-alive pool, null for a connection of one request
   * @param keepIdle how many idle connections the pool of this key keeps
   * @param keepTime how long an idle connection stays
   * @param keepRequests how many requests a connection may carry
   * @param keepLife how long a connection may be used, from its first request on
   */
  record Peer(
      SocketAddress address,
      @Nullable SocketAddress local,
      RawSocket.@Nullable TlsClient tls,
      @Nullable String pool,
      int keepIdle,
      Duration keepTime,
      int keepRequests,
      Duration keepLife) {
    private static final Duration ANY_LIFE = Duration.ofDays(36_500);

    /** Whose connections carry any number of requests. */
    public Peer(
        SocketAddress address,
        @Nullable SocketAddress local,
        RawSocket.@Nullable TlsClient tls,
        @Nullable String pool,
        int keepIdle,
        Duration keepTime) {
      this(address, local, tls, pool, keepIdle, keepTime, Integer.MAX_VALUE, ANY_LIFE);
    }

    /** From an address of the system's choice. */
    public Peer(
        SocketAddress address,
        RawSocket.@Nullable TlsClient tls,
        @Nullable String pool,
        int keepIdle,
        Duration keepTime) {
      this(address, null, tls, pool, keepIdle, keepTime);
    }

    /** Of what tells most of them apart: it is asked for twice for each request. */
    @Override
    public int hashCode() {
      return 31 * address.hashCode() + (pool == null ? 0 : pool.hashCode());
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other
          || (other instanceof Peer peer
              && address.equals(peer.address)
              && keepIdle == peer.keepIdle
              && Objects.equals(pool, peer.pool)
              && keepTime.equals(peer.keepTime)
              && keepRequests == peer.keepRequests
              && keepLife.equals(peer.keepLife)
              && Objects.equals(local, peer.local)
              && Objects.equals(tls, peer.tls));
    }
  }

  /** One connection, carrying one request at a time. */
  interface Connection {
    /** Whether it was used before: a failure before the first answer byte may then be stale. */
    boolean reused();

    /** Sets an option of the system's socket. */
    void option(RawSocket.Option option, int value);

    /**
     * Queues the request head exactly as given: request line {@code method target HTTP/1.x} and the
     * headers, framing headers included.
     */
    void sendHead(String method, String target, String version, Headers headers);

    /** Queues a piece of the request body; {@code chunked} framing is added when asked for. */
    void writeBody(Chunk chunk, boolean chunked);

    /** Ends the request body (writes the last chunk when {@code chunked}). */
    void endBody(boolean chunked);

    /**
     * Sends what is queued without the body that the head has announced: the connection carries no
     * further request. Where the protocol frames a body otherwise, an empty one.
     */
    default void withholdBody() {
      endBody(false);
    }

    /** Parks until the socket took what is queued (below the write window). */
    void awaitWritable(Duration timeout);

    /**
     * Parks until the answer's head is there. May be called while the body is still being sent by
     * another fiber.
     *
     * @throws TransportException {@code TIMEOUT}, {@code CLOSED}, {@code PROTOCOL}, {@code LIMIT}
     */
    Response awaitResponse(Duration timeout, boolean headRequest);

    /** Closes the connection; what is outstanding fails. */
    void close();

    /** Bytes received and sent on this connection for the current request. */
    long bytesReceived();

    /** Bytes sent for the current request. */
    long bytesSent();
  }

  /** An answer whose head is there and whose body comes. */
  interface Response {
    /** The status code. */
    int status();

    /** The status and all that its line has behind it, as sent; empty where there is no line. */
    String statusLine();

    /** 10 or 11. */
    int version();

    /** Headers in wire order as sent. */
    Headers headers();

    /** The body. */
    BodySource body();

    /** Whether this is a 101 and the connection is a raw stream from here on. */
    @Nullable RawSocket upgraded();

    /** Gives the connection back to its pool, or closes it when the body was not read whole. */
    void release();
  }
}
