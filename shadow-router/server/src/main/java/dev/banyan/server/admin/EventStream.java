package dev.banyan.server.admin;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** For any thread: server-sent events, each client on its own virtual thread. */
final class EventStream {
  /** Dashboards that may be open at once. */
  static final int MAX_CLIENTS = 32;

  /** How long a client may take to read; one that never does would keep others out. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final EventHub hub;
  private final Reply reply;
  private final Supplier<String> figures;
  private final Duration patience;
  private final Semaphore permits = new Semaphore(MAX_CLIENTS);
  private final Set<Writing> writing = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  /** A client's thread that writes since then, by {@link System#nanoTime}. */
  private record Writing(Thread thread, long since) {}

  /**
   * Nobody follows yet.
   *
   * @param figures makes what a client sees first
   * @param patience how long a client may take to read before {@link #endStalled} ends it
   */
  EventStream(EventHub hub, Reply reply, Supplier<String> figures, Duration patience) {
    this.patience = patience;
    this.hub = hub;
    this.reply = reply;
    this.figures = figures;
  }

  /** Whether any client is there: figures for nobody needn't be made. */
  boolean isFollowed() {
    return permits.availablePermits() < MAX_CLIENTS;
  }

  /** Ends the clients that don't read, which an interrupted write does. */
  void endStalled() {
    long now = System.nanoTime();
    for (Writing one : writing) {
      if (now - one.since() > patience.toNanos()) {
        one.thread().interrupt();
      }
    }
  }

  /** Serves one client until it leaves or the process stops. */
  void handle(HttpExchange exchange) throws IOException {
    boolean first = !isFollowed();
    if (!permits.tryAcquire()) {
      throw new BadCall(503, "too many dashboards are open: close one");
    }
    try {
      if (first) {
        hub.publishFigures(figures.get());
      }
      reply.strict(exchange);
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      pump(
          exchange.getResponseBody(),
          hub.subscribe(exchange.getRequestHeaders().getFirst("Last-Event-ID")));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      permits.release();
    }
  }

  void end() {
    ended = true;
  }

  private void pump(OutputStream out, EventHub.Cursor cursor)
      throws IOException, InterruptedException {
    write(out, ": connected\n\n");
    while (!ended) {
      List<Event> events = hub.next(cursor, EventHub.heartbeat());
      StringBuilder text = new StringBuilder();
      events.forEach(event -> write(event, text));
      if (events.isEmpty()) {
        text.append(": alive\n\n");
      }
      write(out, text.toString());
    }
  }

  private void write(OutputStream out, String text) throws IOException {
    Writing now = new Writing(Thread.currentThread(), System.nanoTime());
    writing.add(now);
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } finally {
      writing.remove(now);
    }
  }

  private void write(Event event, StringBuilder text) {
    if (event.id() > 0) {
      text.append("id: ").append(hub.idText(event)).append('\n');
    }
    text.append("event: ").append(event.kind()).append('\n');
    text.append("data: ").append(event.data()).append("\n\n");
  }
}
