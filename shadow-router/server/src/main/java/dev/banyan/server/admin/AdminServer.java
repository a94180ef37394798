package dev.banyan.server.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.router.flags.FlagRefused;
import dev.banyan.server.figures.Readiness;
import dev.banyan.server.flags.FlagConflict;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * For any thread: the running admin listener. Its calls run on virtual threads of their own, at
 * most {@link #MAX_CALLS} at once, so that nothing here can hold up the data plane.
 */
public final class AdminServer implements AutoCloseable {
  /** Calls that may run at once; more are told to come back. */
  public static final int MAX_CALLS = 64;

  /** How long a request may take to come; one that stands still would keep others out. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The JDK's server has no other place for it, and reads it once. */
  private static final String PATIENCE_PROPERTY = "sun.net.httpserver.maxReqTime";

  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Set<String> PROBES = Set.of("/healthz", "/readyz");
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final HttpServer http;
  private final ExecutorService calls;
  private final ScheduledExecutorService ticker;
  private final EventHub hub;
  private final EventStream events;

  private AdminServer(
      HttpServer http,
      ExecutorService calls,
      ScheduledExecutorService ticker,
      EventHub hub,
      EventStream events) {
    this.http = http;
    this.calls = calls;
    this.ticker = ticker;
    this.hub = hub;
    this.events = events;
  }

  /**
   * Starts listening.
   *
   * @throws IOException when the address is taken or can't be had
   */
  public static AdminServer start(InetSocketAddress address, AdminToken token, ControlRoom room)
      throws IOException {
    if (System.getProperty(PATIENCE_PROPERTY) == null) {
      System.setProperty(PATIENCE_PROPERTY, Long.toString(PATIENCE.toSeconds()));
    }
    HttpServer http = HttpServer.create(address, 0);
    JsonMapper json = new JsonMapper();
    Reply reply = new Reply(json);
    EventHub hub = new EventHub(Long.toString(Clock.systemUTC().millis(), Character.MAX_RADIX));
    EventStream events =
        new EventStream(hub, reply, () -> LiveFeed.figures(room, json), EventStream.PATIENCE);
    Api api = new Api(room, reply, json, events);
    Assets assets = new Assets(reply);
    Metrics metrics = new Metrics(room);
    Semaphore permits = new Semaphore(MAX_CALLS);
    Readiness readiness = room.readiness();
    http.createContext(
        "/",
        exchange ->
            guarded(
                exchange,
                reply,
                permits,
                () -> route(exchange, token, reply, api, assets, metrics, readiness)));
    ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    http.setExecutor(calls);
    ScheduledExecutorService ticker =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("banyan-figures").factory());
    LiveFeed feed = new LiveFeed(room, hub, json, events);
    feed.connect();
    ticker.scheduleAtFixedRate(feed::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    http.start();
    return new AdminServer(http, calls, ticker, hub, events);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return http.getAddress();
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    events.end();
    hub.wake();
    http.stop(0);
    calls.shutdownNow();
  }

  /** What a call does. */
  @FunctionalInterface
  interface Call {
    void run() throws IOException;
  }

  private static void guarded(HttpExchange exchange, Reply reply, Semaphore permits, Call call)
      throws IOException {
    try (exchange) {
      if (!isLoopbackName(exchange.getRequestHeaders().getFirst("Host"))) {
        reply.error(exchange, 421, "this listener answers to localhost only");
      } else if (PROBES.contains(exchange.getRequestURI().getPath())) {
        contained(exchange, reply, call); // whoever restarts processes mustn't be told to come back
      } else if (permits.tryAcquire()) {
        try {
          contained(exchange, reply, call);
        } finally {
          permits.release();
        }
      } else {
        reply.error(exchange, 503, "too many calls at once: come back in a second");
      }
    }
  }

  private static void contained(HttpExchange exchange, Reply reply, Call call) throws IOException {
    try {
      call.run();
    } catch (BadCall e) {
      reply.error(exchange, e.status(), String.valueOf(e.getMessage()));
    } catch (FlagConflict e) {
      reply.error(exchange, 409, String.valueOf(e.getMessage()));
    } catch (FlagRefused e) {
      reply.error(exchange, 422, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error(
          "admin call {} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
      if (exchange.getResponseCode() < 0) {
        reply.error(exchange, 500, "internal error: the log has the details");
      }
    }
  }

  private static void route(
      HttpExchange exchange,
      AdminToken token,
      Reply reply,
      Api api,
      Assets assets,
      Metrics metrics,
      Readiness readiness)
      throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.startsWith("/api/")) {
      if (!token.accepts(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        reply.error(exchange, 401, "send \"Authorization: Bearer TOKEN\"");
        return;
      }
      api.handle(exchange, path);
      return;
    }
    requireReading(exchange);
    switch (path) {
      case "/healthz" -> reply.text(exchange, 200, "ok\n");
      case "/readyz" ->
          reply.text(exchange, readiness.isReady() ? 200 : 503, readiness.describe() + "\n");
      case "/metrics" -> metrics.handle(exchange, reply);
      default -> assets.handle(exchange, path);
    }
  }

  private static void requireReading(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      throw new BadCall(405, "only GET and HEAD are answered here");
    }
  }

  /** A foreign name in Host means a web page that had its name resolved to this address. */
  private static boolean isLoopbackName(@Nullable String host) {
    if (host == null) {
      return false;
    }
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return LOOPBACK_NAMES.contains(name);
  }
}
