package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.nginx.ProxySettings;
import dev.banyan.transport.Chunk;
import dev.banyan.transport.TransportException;
import dev.banyan.transport.Upstream;
import java.time.Duration;

/**
 * Owned by its request's loop: the body that goes to an origin, read before or passed on as it
 * comes.
 */
final class ProxyBody {
  /** What a socket takes in any case. */
  private static final long AT_ONCE = 64 << 10;

  private static final int HTTP_2 = 20;

  private final Request r;
  private final ProxySettings settings;
  private final RequestBody body;
  private final boolean streams;
  private final boolean sent;
  private final boolean fresh;
  private boolean begun;

  private ProxyBody(
      Request r,
      ProxySettings settings,
      RequestBody body,
      boolean streams,
      boolean sent,
      boolean fresh) {
    this.r = r;
    this.fresh = fresh;
    this.settings = settings;
    this.body = body;
    this.streams = streams;
    this.sent = sent;
  }

  /** The body of a request by these settings; reads it unless it is to be streamed. */
  static ProxyBody of(Request r, ProxySettings settings) {
    if (settings.body() != null) {
      if (settings.requestBuffering()) {
        r.body().read(); // of no use to the origin, and yet one that is too large is refused
      }
      byte[] bytes = Octets.bytes(settings.body().evaluate(r));
      return new ProxyBody(r, settings, RequestBody.of(r, bytes), false, true, false);
    }
    if (!settings.requestBuffering() && r.body().length() < 0) {
      r.body().readArrived();
    }
    return of(r, settings, false);
  }

  /**
   * One that is passed on as it comes, unless it was there when its request was looked at: that of
   * a stream of HTTP/2 never is.
   */
  static ProxyBody streaming(Request r, ProxySettings settings) {
    boolean fresh = r.isMain() && !r.body().isRead();
    if (fresh && r.client().exchange().version() < HTTP_2) {
      r.body().readArrived();
    }
    return of(r, settings, fresh);
  }

  private static ProxyBody of(Request r, ProxySettings settings, boolean fresh) {
    boolean http10 = settings.httpVersion() == ProxySettings.HttpVersion.HTTP_1_0;
    boolean unknown = r.body().length() < 0;
    boolean streams =
        !settings.requestBuffering() && !r.body().isRead() && r.isMain() && !(http10 && unknown);
    if (!streams) {
      r.body().read();
    }
    return new ProxyBody(r, settings, r.body(), streams, settings.passRequestBody(), fresh);
  }

  /** Whether it goes out chunked. */
  boolean chunked() {
    return streams && body.length() < 0;
  }

  /** What Content-Length says; -1 for none. */
  long length() {
    long length = body.announced();
    boolean announced =
        r.headers().contains("Content-Length")
            || r.headers().contains("Transfer-Encoding")
            || (r.isMain() && r.client().exchange().requestBody().length() < 0);
    return announced || settings.body() != null ? length : -1;
  }

  /** Whether it can be sent again. */
  boolean repeatable() {
    return !streams || !begun;
  }

  /** Whether its head announces what never comes, as nginx's does unless it is configured. */
  private boolean withholds() {
    return (!sent || body.isWithheld())
        && length() > 0
        && !ProxyRequestHead.configured(settings, "Content-Length");
  }

  /** Sends it; a streamed one goes on in a fiber of its own. */
  void send(Upstream.Connection to, Duration timeout) {
    if (withholds()) {
      to.withholdBody();
      return;
    }
    if (!sent || (!chunked() && length() < 0)) {
      to.endBody(false);
      return;
    }
    if (!streams) {
      body.copyTo(piece -> {
        to.writeBody(piece, false);
        to.awaitWritable(timeout);
      });
      to.endBody(false);
      return;
    }
    begun = body.length() != 0;
    if (!begun) {
      to.endBody(false);
      return;
    }
    aside(to, () -> pump(to, timeout));
  }

  /**
   * As {@link #send}; a long one goes on in a fiber of its own too, so that who answers before the
   * end of it is heard.
   */
  void sendAside(Upstream.Connection to, Duration timeout) {
    if (streams || body.length() <= AT_ONCE) {
      send(to, timeout);
      return;
    }
    aside(to, () -> send(to, timeout));
  }

  /** Whether something of it is sent, or may be, or an end of nothing, as nginx sends it. */
  boolean follows() {
    boolean told =
        r.headers().contains("Content-Length") || r.headers().contains("Transfer-Encoding");
    boolean begins = fresh && told && r.client().exchange().version() < HTTP_2;
    return sent && (begins || body.length() != 0);
  }

  /** As {@link #send}, but in a fiber of its own: the server may answer before it takes it all. */
  void sendBeside(Upstream.Connection to, Duration timeout) {
    if (streams || !follows()) {
      send(to, timeout);
    } else {
      aside(to, () -> send(to, timeout));
    }
  }

  /** Writes in a fiber of its own, while the one that is here awaits the answer. */
  private void aside(Upstream.Connection to, Runnable writing) {
    Fiber waiting = Fiber.current();
    Fiber.start(
        r.worker().loop(),
        "request body",
        () -> {
          try {
            writing.run();
          } catch (ResponseAborted refused) {
            waiting.interrupt(refused);
          } catch (TransportException e) {
            to.close();
          }
        });
  }

  private void pump(Upstream.Connection to, Duration timeout) {
    boolean chunked = chunked();
    for (Chunk piece = body.next(); piece != null; piece = body.next()) {
      to.writeBody(piece, chunked);
      to.awaitWritable(timeout);
    }
    to.endBody(chunked);
  }
}
