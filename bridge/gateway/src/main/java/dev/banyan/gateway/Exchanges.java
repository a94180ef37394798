package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.gateway.trace.RequestTrace;
import dev.banyan.nginx.Listener;
import dev.banyan.nginx.ServerConf;
import dev.banyan.nginx.ServerMatcher;
import dev.banyan.transport.BadRequest;
import dev.banyan.transport.ExchangeHandler;
import dev.banyan.transport.HttpExchange;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Thread-safe: hands the requests of one listening address to the configuration in force. */
final class Exchanges implements ExchangeHandler {
  private static final int HTTP_2 = 20;

  private final Supplier<Generation> current;
  private final String address;
  private volatile @Nullable Found found;

  /** What the address leads to in a configuration: null where it was taken out of it. */
  private record Found(Service service, @Nullable Listener listener) {}

  Exchanges(Supplier<Generation> current, String address) {
    this.current = current;
    this.address = address;
  }

  @Override
  public void handle(HttpExchange exchange) {
    serve(exchange, null);
  }

  @Override
  public void malformed(BadRequest why, HttpExchange exchange) {
    serve(exchange, why);
  }

  private void serve(HttpExchange exchange, @Nullable BadRequest refused) {
    Generation generation = current.get();
    GatewayWorker worker = generation.worker(exchange.loop());
    Service service = worker.service();
    service.stats().begin();
    try {
      serve(exchange, refused, worker, servers(service, server(service, exchange)));
    } finally {
      service.stats().end();
    }
  }

  private void serve(
      HttpExchange exchange,
      @Nullable BadRequest told,
      GatewayWorker worker,
      ServerMatcher servers) {
    ServerConf standard = servers.defaultServer();
    boolean merge = standard.settings().mergeSlashes();
    RequestTarget target = RequestTarget.parse(exchange.target(), merge);
    BadRequest refused = told;
    if (target == null && (told == null || !told.inLine())) {
      refused = null; // nginx looks at the target before it reads the fields
      exchange.requestHeaders().clear();
    }
    SentHost sent = SentHost.of(exchange);
    String named = sent.among(exchange.requestHeaders());
    String host = named == null ? null : HostName.parse(named);
    boolean bad = refused != null || target == null || (named != null && host == null);
    RequestTarget used =
        target == null ? new RequestTarget("", "", exchange.target(), false) : target;
    Client client =
        new Client(
            exchange,
            worker.service().options().enclosure(),
            used,
            sent,
            host == null ? "" : host,
            startMillis(worker, exchange));
    ServerConf negotiated = TlsRules.negotiated(exchange, servers);
    Request request = new Request(worker, client, negotiated == null ? standard : negotiated, used);
    boolean placed = target != null && host != null; // what is wrong may stand behind Host
    boolean misdirected = false;
    if (!bad || placed) {
      ServerConf server = servers.match(host, request);
      misdirected = negotiated != null && TlsRules.misdirects(exchange, host, server);
      if (!misdirected) {
        request.server(server);
      }
    }
    InvalidFields.drop(exchange.requestHeaders(), standard.settings(), request.server().settings())
        .forEach(field -> tellDropped(request, field));
    Fiber.current().attach(request);
    try {
      if (bad) {
        exchange.closeAfterResponse();
        request.log(ErrorLog.INFO, reason(refused, target));
        PhaseEngine.refuse(request, refused == null ? HttpStatus.BAD_REQUEST : refused.status());
      } else {
        int refusal = misdirected ? TlsRules.misdirected(request) : TlsRules.refusal(request);
        if (refusal == 0) {
          PhaseEngine.serve(request, PhaseEngine.Entry.START);
        } else {
          PhaseEngine.refuse(request, refusal);
        }
      }
    } finally {
      request.release();
      traced(request);
    }
  }

  private static InetSocketAddress server(Service service, HttpExchange exchange) {
    return Enclosure.server(service.options().enclosure(), exchange);
  }

  private static void tellDropped(Request request, String field) {
    boolean lines = request.client().exchange().version() < HTTP_2;
    request.log(
        ErrorLog.INFO,
        "client sent invalid header"
            + (lines ? " line" : "")
            + ": \""
            + field
            + "\" while reading client request headers");
  }

  /** Why a request is refused, in nginx's words: a target or a host that none can have included. */
  private static String reason(@Nullable BadRequest refused, @Nullable RequestTarget target) {
    if (refused != null) {
      return refused.reason();
    }
    return target == null
        ? "client sent invalid request while reading client request line"
        : "client sent invalid host header while reading client request headers";
  }

  private static void traced(Request request) {
    RequestTrace trace = request.trace();
    if (trace != null) {
      trace.end(
          new RequestTrace.Ending(
              path(request.client().exchange().target()),
              request.client().host(),
              request.location().written(),
              request.response().status(),
              request.path().isHandled() && request.path().reasons().isEmpty()));
    }
  }

  private static String path(String target) {
    int arguments = target.indexOf('?');
    return arguments < 0 ? target : target.substring(0, arguments);
  }

  private static long startMillis(GatewayWorker worker, HttpExchange exchange) {
    long passed = (System.nanoTime() - exchange.startedNanos()) / 1_000_000;
    return worker.nowMillis() - Math.max(0, passed);
  }

  @SuppressWarnings("ReferenceEquality") // a configuration is replaced whole
  private ServerMatcher servers(Service service, InetSocketAddress local) {
    Found known = found;
    if (known == null || known.service() != service) {
      known = new Found(service, listener(service, address));
      found = known;
    }
    return servers(service, known.listener(), local);
  }

  /** The servers of a listening address, for a connection to {@code local}. */
  static ServerMatcher servers(Service service, String address, InetSocketAddress local) {
    return servers(service, listener(service, address), local);
  }

  private static @Nullable Listener listener(Service service, String address) {
    for (Listener listener : service.http().listeners()) {
      if (listener.listen().address().toString().equals(address)) {
        return listener;
      }
    }
    return null;
  }

  private static ServerMatcher servers(
      Service service, @Nullable Listener listener, InetSocketAddress local) {
    if (listener == null) {
      // the address was taken out of the configuration; its last connections get the first server
      ServerConf first = service.http().servers().getFirst();
      return new ServerMatcher(first, List.of(first));
    }
    if (listener.byLocalHost().isEmpty()) {
      return listener.servers();
    }
    return listener.servers(local.getAddress() == null ? "" : local.getAddress().getHostAddress());
  }
}
