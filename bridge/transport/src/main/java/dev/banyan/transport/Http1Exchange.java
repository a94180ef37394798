package dev.banyan.transport;

import dev.banyan.api.Headers;
import dev.banyan.fiber.Loop;
import dev.banyan.fiber.Promise;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's loop: one request of an HTTP/1.x connection. */
final class Http1Exchange implements HttpExchange {
  private final Http1Connection connection;
  private final RequestHead head;
  private String answered;
  private final Http1Body body;
  private final Http1Sender sender;
  private final long started = System.nanoTime();
  private final int number;
  private final List<Runnable> onGone = new ArrayList<>(1);
  private boolean reusable;
  private boolean continueOwed;
  private boolean ended;
  private boolean forsaken;
  private boolean gone;
  private @Nullable RawChannel tookOver;
  private @Nullable Promise<Boolean> sending;

  Http1Exchange(Http1Connection connection, RequestHead head, boolean mayReuse) {
    this.connection = connection;
    this.head = head;
    this.answered = head.method;
    this.reusable = mayReuse && head.keepAlive;
    this.continueOwed = head.expectContinue;
    this.number = connection.requests();
    this.sender = new Http1Sender(connection.context(), connection.limits.closing());
    BodyDecoder decoder =
        head.chunked ? BodyDecoder.chunked() : BodyDecoder.length(head.contentLength);
    this.body = new Http1Body(decoder, head.contentLength, new Reader());
  }

  /** What the reader of the body asks of the connection. */
  private final class Reader implements Http1Body.Demand {
    @Override
    public void begin() {
      if (continueOwed) {
        continueOwed = false;
        if (!sender.begun()) {
          sendInterim(100, new Headers());
        }
      }
    }

    @Override
    public void more() {
      wantBody();
    }
  }

  private void wantBody() {
    body.absorb(connection.input());
    if (body.ready()) {
      return;
    }
    connection.wantMore();
  }

  /** Takes the body's octets; answers whether more of the body is to come. */
  boolean feedBody(ByteBuf input) {
    return body.feed(input);
  }

  /** Whether its head or body was refused: what follows on the connection is not understood. */
  boolean refused() {
    return head.bad != null || body.malformed();
  }

  /** Whether its client doesn't know that the connection ends behind it, and may send on. */
  boolean mayBeFollowed() {
    return head.keepAlive;
  }

  @Override
  public Loop loop() {
    return connection.loop();
  }

  @Override
  public String method() {
    return head.method;
  }

  @Override
  public String target() {
    return head.target;
  }

  @Override
  public @Nullable String targetHost() {
    return head.targetHost;
  }

  @Override
  public int version() {
    return head.version;
  }

  @Override
  public String requestLine() {
    return head.requestLine;
  }

  @Override
  public Headers requestHeaders() {
    return head.headers;
  }

  @Override
  public String rawHead() {
    return head.raw;
  }

  @Override
  public long startedNanos() {
    return started;
  }

  @Override
  public BodySource requestBody() {
    return body;
  }

  Http1Body body() {
    return body;
  }

  @Override
  public ConnectionFacts facts() {
    return connection.facts;
  }

  @Override
  public int connectionRequests() {
    return number;
  }

  @Override
  public long bytesSent() {
    return sender.sent() + sentRaw();
  }

  @Override
  public long bodyBytesSent() {
    return sender.sentAfterHead() + sentRaw();
  }

  private long sentRaw() {
    RawChannel stream = tookOver;
    return stream == null ? 0 : stream.sent();
  }

  @Override
  public long bytesReceived() {
    return head.counted + body.received();
  }

  @Override
  public void answering(String method) {
    answered = method;
  }

  @Override
  public void sendHead(int status, String statusLine, Headers headers) {
    if (forsaken) {
      return;
    }
    if (continueOwed && !body.decoder().done() && !body.arrived()) {
      reusable = false; // whether the client sends the body now is not known
    }
    if (body.malformed() || connection.stopping()) {
      reusable = false;
    }
    boolean bodiless = answered.equals("HEAD");
    if (!sender.sendHead(head.version, bodiless, status, statusLine, headers, reusable)) {
      reusable = false;
    }
  }

  @Override
  public void leading(int fields) {
    sender.leading(fields);
  }

  @Override
  public void insistOnBody() {
    sender.insist();
  }

  @Override
  public void idleFor(Duration timeout) {
    connection.idleFor(timeout);
  }

  @Override
  public void withoutChunks() {
    sender.withoutChunks();
  }

  @Override
  public void sendInterim(int status, Headers headers) {
    if (head.version >= 11 && !gone) {
      sender.sendInterim(status, headers);
    }
  }

  @Override
  public void write(Chunk chunk) {
    if (ended || gone || forsaken) {
      chunk.discard();
    } else {
      sender.write(chunk);
    }
  }

  @Override
  public void flush() {
    sender.flush();
  }

  @Override
  public void awaitSent() {
    if (connection.owes()) {
      Promise<Boolean> row = new Promise<>();
      sending = row;
      try {
        row.await();
      } finally {
        sending = null;
      }
    } else {
      sender.flush();
    }
    facts().loop().awaitSubmitted();
  }

  void rowSent() {
    Promise<Boolean> row = sending;
    if (row != null) {
      row.complete(true);
    }
  }

  @Override
  public void awaitWritable(Duration timeout, boolean drained) {
    if (!gone) {
      sender.await(timeout, drained);
      return;
    }
    throw Http1Sender.clientClosed();
  }

  void writable() {
    sender.writable();
  }

  @Override
  public void trailers(Headers trailers) {
    sender.trailers(trailers);
  }

  @Override
  public void end() {
    if (!ended) {
      ended = true;
      if (!forsaken) {
        sender.end();
      }
      connection.owe();
      if (!sender.whole()) {
        reusable = false;
      }
    }
  }

  @Override
  public void closeAfterResponse() {
    reusable = false;
  }

  @Override
  public void resetWhenClosed() {
    Closing.reset(connection.channel());
  }

  @Override
  public void abort() {
    ended = true;
    reusable = false;
    sender.cutOff();
    connection.close();
  }

  @Override
  public boolean clientGone() {
    return gone;
  }

  @Override
  public void onClientGone(Runnable action) {
    if (gone) {
      connection.loop().execute(action);
    } else {
      onGone.add(action);
    }
  }

  /** The client sends no more. */
  void inputEnded() {
    if (!body.decoder().done()) {
      body.peerClosed();
    }
    tellGone();
  }

  private void tellGone() {
    List<Runnable> actions = List.copyOf(onGone);
    onGone.clear();
    if (sending == null) { // else the response is complete, and nobody is left to be told
      actions.forEach(Runnable::run);
    }
  }

  /** The connection is closed both ways. */
  void connectionLost() {
    gone = true;
    sender.lost();
    tellGone();
  }

  @Override
  public boolean isFollowed() {
    return body.decoder().done() && connection.input().isReadable();
  }

  @Override
  public void forsake() {
    forsaken = true;
  }

  @Override
  public RawSocket takeOver() {
    sender.flush();
    RawChannel stream = connection.takeOver(body.decoder().takeAll());
    tookOver = stream;
    return stream;
  }

  /** The handler is done with this exchange. */
  void finish() {
    if (tookOver != null) {
      connection.release(this);
    } else if (ended) {
      connection.ended(this, reusable && !gone && !body.malformed());
    } else {
      sender.dropPending();
      connection.ended(this, false);
      connection.close();
    }
  }
}
