package dev.banyan.transport;

import dev.banyan.api.Headers;
import dev.banyan.fiber.Loop;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its connection's loop: one request as it came from a client, and the door for its
 * answer. The handler runs in a fiber of that loop and everything here parks that fiber at most.
 *
 * <p>HTTP/1.0, HTTP/1.1 and HTTP/2 look alike here; framing, keep-alive, pipelining order, the
 * {@code Expect: 100-continue} answer and connection headers are the transport's business.
 */
public interface HttpExchange {
  /** The loop of this connection. */
  Loop loop();

  /** The method as it was sent. */
  String method();

  /**
   * The request target as nginx's {@code $request_uri}: path and arguments with their octets
   * untouched ({@code /a%20b?x=1}); of an absolute target ({@code http://host/path}) what follows
   * the host, {@code /} first.
   */
  String target();

  /**
   * The host of an absolute target, which nginx prefers to the Host header, or of HTTP/2's {@code
   * :authority}; null for the usual target.
   */
  @Nullable String targetHost();

  /** 9, 10, 11 or 20 for HTTP/0.9, 1.0, 1.1 and 2. */
  int version();

  /** The request line as it was sent (for HTTP/2 as nginx words it). */
  String requestLine();

  /** The request's headers in wire order, as sent; changes stay local. */
  Headers requestHeaders();

  /** The bytes of the request head as received, for {@code ngx.req.raw_header}. */
  String rawHead();

  /** Nanoseconds of {@code System.nanoTime} at the head's first byte. */
  long startedNanos();

  /** The request's body; empty when it has none. */
  BodySource requestBody();

  /** What is known of the connection that it came on. */
  ConnectionFacts facts();

  /** The client's address. */
  default InetSocketAddress remote() {
    return facts().remote();
  }

  /** The address that the client connected to. */
  default InetSocketAddress local() {
    return facts().local();
  }

  /** Facts of the TLS session, or null on a plain connection. */
  default @Nullable TlsFacts tls() {
    return facts().tls();
  }

  /** What the connection's PROXY protocol header said, or null without one. */
  default @Nullable ProxiedAddress proxied() {
    return facts().proxied();
  }

  /** Number of this connection in this process, from 1. */
  default long connectionId() {
    return facts().id();
  }

  /** When the connection began, on {@link System#nanoTime()}. */
  default long connectionStartedNanos() {
    return facts().startedNanos();
  }

  /** How many requests came on this connection, this one included. */
  int connectionRequests();

  /** Bytes sent to the client for this request so far, headers included. */
  long bytesSent();

  /** Bytes of the answer sent after its head, framing included. */
  long bodyBytesSent();

  /** Bytes received of this request so far, head included, without a body that nobody reads. */
  long bytesReceived();

  /**
   * Sends the response head. {@code headers} go out as they are, in order; the transport adds only
   * framing: {@code Connection}, and {@code Transfer-Encoding: chunked} when no Content-Length is
   * there and the protocol and status allow it (else the connection closes after the body).
   *
   * @param statusLine the status and what stands behind it, as another server has sent it; empty
   *     for nginx's own
   */
  void sendHead(int status, String statusLine, Headers headers);

  /**
   * How many of the head's first fields go before the framing's; said before its head is sent.
   * Unsaid, those are that nginx's header filter writes itself.
   */
  default void leading(int fields) {
    // a protocol without framing fields needs nothing
  }

  /**
   * The method that the answer is for, where it is no longer the request's; said before its head is
   * sent. That of HEAD has no body.
   */
  void answering(String method);

  /** Lets a body follow a status that has none, as nginx does to old clients. */
  void insistOnBody();

  /** How long the connection waits for a next request once this one is over. */
  void idleFor(Duration timeout);

  /** Lets an answer of unknown length end with the connection; said before its head is sent. */
  void withoutChunks();

  /** Sends an interim response such as 100 or 103. */
  void sendInterim(int status, Headers headers);

  /**
   * Queues a piece of the response's body; doesn't park. For HEAD, 204 and 304 the piece is
   * dropped.
   */
  void write(Chunk chunk);

  /** Hands queued bytes to the socket; doesn't park. */
  void flush();

  /**
   * Hands a complete response to the socket, with others at the end of this turn of the loop where
   * there are any, and parks until then: what follows is the server's own affair.
   */
  default void awaitSent() {
    flush();
  }

  /**
   * Parks until the socket takes more (back-pressure), or, with {@code drained}, until all is sent.
   * What is queued is flushed only if something is waited for.
   *
   * @throws TransportException {@code CLOSED} when the client left, {@code TIMEOUT} after {@code
   *     timeout} without progress
   */
  void awaitWritable(Duration timeout, boolean drained);

  /**
   * Fields that follow the response's body; said before {@link #end()}. They go out where the
   * protocol has a place for them: after chunks, and in HTTP/2; elsewhere they are dropped.
   */
  void trailers(Headers trailers);

  /** Ends the response; the connection lives on if it may. Idempotent. */
  void end();

  /** Keeps this connection from being reused after this response. */
  void closeAfterResponse();

  /** The connection, if it is this request's alone, ends by a reset (reset_timedout_connection). */
  default void resetWhenClosed() {}

  /** Ends the connection at once, without an answer (nginx's 444). */
  void abort();

  /** Whether nothing can be sent any more: the connection or the stream is lost. */
  boolean clientGone();

  /**
   * Runs {@code action} on the loop once when the client closes before the response's end, if only
   * its own side. A client that had done that before its request began still gets an answer, as
   * from nginx.
   */
  void onClientGone(Runnable action);

  /** Whether octets of the client's next request wait behind this one. */
  default boolean isFollowed() {
    return false;
  }

  /**
   * The client has left before its body came whole: nothing more is sent to it, though it may still
   * listen.
   */
  default void forsake() {}

  /**
   * Takes the connection over as a raw byte stream (for {@code ngx.req.socket(true)} and upgrades);
   * bytes already read come first.
   */
  RawSocket takeOver();

  /** Source and destination of a connection that a PROXY protocol speaking balancer handed on. */
  record ProxiedAddress(InetSocketAddress source, InetSocketAddress destination) {}
}
