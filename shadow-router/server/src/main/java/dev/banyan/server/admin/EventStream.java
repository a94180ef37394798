package dev.banyan.server.admin;

import dev.banyan.server.http.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;

/** For any thread: server-sent events, each client on its own virtual thread. */
final class EventStream {
  /** Dashboards that may be open at once. */
  static final int MAX_CLIENTS = 32;

  private final EventHub hub;
  private final Reply reply;
  private final Semaphore permits = new Semaphore(MAX_CLIENTS);
  private volatile boolean ended;

  EventStream(EventHub hub, Reply reply) {
    this.hub = hub;
    this.reply = reply;
  }

  /** Serves one client until it leaves or the process stops. */
  void handle(Exchange exchange) throws IOException {
    if (!permits.tryAcquire()) {
      throw new BadCall(503, "too many dashboards are open: close one");
    }
    try {
      reply.strict(exchange);
      exchange.set("Content-Type", "text/event-stream");
      pump(exchange.begin(200, Exchange.UNKNOWN), hub.subscribe(exchange.header("Last-Event-ID")));
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
    out.write(": connected\n\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
    while (!ended) {
      List<Event> events = hub.next(cursor, EventHub.heartbeat());
      StringBuilder text = new StringBuilder();
      events.forEach(event -> write(event, text));
      if (events.isEmpty()) {
        text.append(": alive\n\n");
      }
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
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
