package dev.banyan.gateway;

import dev.banyan.gateway.trace.RequestTrace;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.nginx.HostPort;
import dev.banyan.nginx.ProxySettings;
import dev.banyan.nginx.ProxySettings.NextUpstream;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.Upstream.Balancing;
import dev.banyan.transport.CgiUpstream;
import dev.banyan.transport.RawSocket;
import dev.banyan.transport.TransportException;
import dev.banyan.transport.Upstream;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: one request's way to the servers of an upstream, try after try,
 * until a head is there that goes to the client.
 */
final class ProxyRun {
  private final Request r;
  private final OriginDialect dialect;
  private final ProxyTarget target;
  private final PeerChoice peers;
  private final LuaBalancer balancer;
  private final ProxySettings settings;
  private final long startMillis;
  private int triesLeft;
  private int triesBefore;
  private UpstreamStates.@Nullable Try current;
  private Upstream.@Nullable Connection connection;
  private @Nullable Peer peer;
  private RequestTrace.@Nullable Attempt traced;
  private String uri = "";
  private long tryStart;

  ProxyRun(
      Request r,
      OriginDialect dialect,
      ProxySettings settings,
      ProxyTarget target,
      PeerGroup group) {
    this.r = r;
    this.dialect = dialect;
    this.target = target;
    this.settings = settings;
    this.peers = new PeerChoice(group, r);
    this.startMillis = r.worker().nowMillis();
    this.triesLeft = tries(group);
    this.balancer = new LuaBalancer(r, this);
  }

  private int tries(PeerGroup group) {
    boolean lua = group.upstream().balancing() instanceof Balancing.Lua;
    int most = settings.nextUpstreamTries();
    int own = lua ? 1 : group.tries();
    return most > 0 ? Math.min(most, own) : own;
  }

  RequestHost.BalancerHost balancerHost() {
    return balancer;
  }

  /** Allows more tries than there are now; answers how many were granted. */
  int moreTries(int count) {
    int most = settings.nextUpstreamTries();
    int all = balancer.triesDone() + triesBefore; // with those that were allowed before
    int granted = most > 0 && all + count > most ? most - all : count;
    triesLeft = triesBefore + granted;
    return granted;
  }

  /** Builds the request again. */
  void recreate() {
    dialect.recreate();
  }

  /** Where the current try goes; empty before any. */
  String urlOrEmpty() {
    return current == null ? "" : url();
  }

  String url() {
    String address = current == null ? target.authority() : current.address;
    String separator = address.startsWith(HostPort.UNIX) ? ":" : "";
    return dialect.scheme() + "://" + address + separator + uri;
  }

  UpstreamStates.Try current() {
    return java.util.Objects.requireNonNull(current);
  }

  Upstream.Connection connection() {
    return java.util.Objects.requireNonNull(connection);
  }

  long tryStart() {
    return tryStart;
  }

  /**
   * Tries servers until one answers.
   *
   * @return the answer, or null when {@link #status()} is to be answered
   */
  Upstream.@Nullable Response answer() {
    uri = dialect.uri();
    boolean newSeries = !r.upstream().isEmpty();
    if (peers.group().upstream().balancing() instanceof Balancing.Lua) {
      dialect.build(); // what the program changes is sent only where it says so
    }
    while (true) {
      SocketAddress address = choose();
      if (address == null) {
        return null;
      }
      tryStart = System.nanoTime();
      current = r.upstream().begin(Addresses.text(address), newSeries);
      newSeries = false;
      RequestTrace trace = r.main().trace();
      traced = trace == null ? null : trace.attempt(Addresses.text(address), dialect.method());
      Object outcome = attempt(address);
      if (outcome instanceof Upstream.Response response) {
        return response;
      }
      ProxyFailure failure = (ProxyFailure) outcome;
      if (!goesOn(failure)) {
        return null;
      }
    }
  }

  private int status = HttpStatus.BAD_GATEWAY;
  private @Nullable NextUpstream failure;

  /** How the last try failed; null when none has. */
  @Nullable NextUpstream failure() {
    return failure;
  }

  /** What to answer when no server did. */
  int status() {
    return status;
  }

  private @Nullable SocketAddress choose() {
    if (peers.group().upstream().balancing() instanceof Balancing.Lua lua) {
      r.action("connecting to upstream");
      triesBefore = triesLeft;
      SocketAddress chosen = balancer.choose(lua.handler());
      status = balancer.status();
      if (chosen == null && status != 0 && r.upstream().isEmpty()) {
        r.upstream().begin("", false).responseMillis = 0; // nginx tells of it, without a server
      }
      if (chosen != null || status != 0) {
        return chosen;
      }
    }
    Peer next = peers.next();
    peer = next;
    if (next == null) {
      current = null;
      r.log(ErrorLog.ERROR, "no live upstreams while connecting to upstream", url());
      UpstreamStates.Try none = r.upstream().begin(peers.group().upstream().name(), false);
      none.status = HttpStatus.BAD_GATEWAY;
      status = HttpStatus.BAD_GATEWAY;
      failure = NextUpstream.ERROR;
      return null;
    }
    return next.address;
  }

  /** One try: the response, or why there is none. */
  private Object attempt(SocketAddress address) {
    UpstreamStates.Try state = current();
    Upstream.Connection open;
    try {
      open = dialect.connect(peerOf(address), balancer.connect(settings.connectTimeout()));
    } catch (TransportException e) {
      return connectFailure(e);
    }
    connection = open;
    if (settings.socketKeepalive() && !open.reused()) {
      open.option(RawSocket.Option.KEEPALIVE, 1);
    }
    r.action("reading response header from upstream");
    state.connectMillis = elapsed();
    try {
      dialect.send(open, state, traced, balancer.send(settings.sendTimeout()));
      Upstream.Response response =
          open.awaitResponse(balancer.read(settings.readTimeout()), dialect.bodiless());
      state.headerMillis = elapsed();
      state.status = response.status();
      state.bytesReceived = open.bytesReceived(); // for whoever asks before the body is here
      ProxyFailure failure = unwanted(response);
      return failure == null ? response : failure;
    } catch (TransportException e) {
      return exchangeFailure(e, open);
    }
  }

  private Upstream.Peer peerOf(SocketAddress address) {
    SocketAddress bound = balancer.local();
    SocketAddress local = bound == null ? Addresses.local(r, settings.bind()) : bound;
    RawSocket.TlsClient tls =
        balancer.secured(target.tls())
            ? ProxyTlsClient.of(r, settings.tls(), target, balancer.name())
            : null;
    dev.banyan.nginx.Upstream.Keepalive keep = peers.group().upstream().keepalive();
    LuaBalancer.Kept own = balancer.kept();
    if (own != null) {
      return new Upstream.Peer(
          address,
          local,
          tls,
          "balancer " + balancer.name(),
          LuaBalancer.POOL,
          own.idle(),
          own.requests(),
          keep.time());
    }
    return keep.connections() > 0
        ? new Upstream.Peer(
            address,
            local,
            tls,
            peers.group().upstream().name(),
            keep.connections(),
            keep.timeout(),
            keep.requests(),
            keep.time())
        : new Upstream.Peer(address, local, tls, null, 0, Duration.ZERO);
  }

  long elapsed() {
    return (System.nanoTime() - tryStart) / 1_000_000;
  }

  private ProxyFailure connectFailure(TransportException e) {
    connection = null;
    return switch (e.kind()) {
      case TIMEOUT ->
          ProxyFailure.timeout(
              "upstream timed out (110: Connection timed out) while connecting to upstream");
      case TLS ->
          ProxyFailure.error(
              HandshakeWords.of(e, ProxyTlsClient.name(r, settings.tls(), target))
                  + " while SSL handshaking to upstream");
      case CONNECT, CLOSED, PROTOCOL, RESOLVE, LIMIT ->
          ProxyFailure.error(connectMessage(current().address, String.valueOf(e.getMessage())));
    };
  }

  private static String connectMessage(String address, String why) {
    String reason =
        why.contains("refused")
            ? "111: Connection refused"
            : why.contains("unreachable")
                ? "101: Network is unreachable"
                : why.contains("no such file") ? "2: No such file or directory" : why;
    String to = address.startsWith(HostPort.UNIX) ? "to " + address + " " : ""; // failed at once
    return "connect() " + to + "failed (" + reason + ") while connecting to upstream";
  }

  private ProxyFailure exchangeFailure(TransportException e, Upstream.Connection open) {
    if (open.reused() && e.kind() == TransportException.Kind.CLOSED && open.bytesReceived() == 0) {
      triesLeft++; // the origin had closed this idle connection: that try doesn't count
      if (peer != null) {
        peers.again(peer);
        peer = null;
      }
    }
    return switch (e.kind()) {
      case TIMEOUT ->
          ProxyFailure.timeout(
              "upstream timed out (110: Connection timed out) while reading response header from"
                  + " upstream");
      case PROTOCOL, LIMIT ->
          ProxyFailure.invalidHeader(
              "".equals(e.getMessage())
                  ? null // said already
                  : e.getMessage() + " while reading response header from upstream");
      case CONNECT, CLOSED, TLS, RESOLVE ->
          ProxyFailure.error(
              "upstream prematurely closed connection while reading response header from"
                  + " upstream");
    };
  }

  private @Nullable ProxyFailure unwanted(Upstream.Response response) {
    ProxyFailure failure = ProxyFailure.ofStatus(response.status());
    if (failure == null || triesLeft <= 1) {
      return null;
    }
    return mayRepeat(failure) ? failure : null;
  }

  private boolean mayRepeat(ProxyFailure failure) {
    boolean idempotent =
        !r.method().equals("POST") && !r.method().equals("LOCK") && !r.method().equals("PATCH");
    return settings.nextUpstream().contains(failure.kind())
        && !settings.nextUpstream().contains(NextUpstream.OFF)
        && (idempotent
            || connection == null
            || settings.nextUpstream().contains(NextUpstream.NON_IDEMPOTENT))
        && dialect.repeatable()
        && inTime();
  }

  private boolean inTime() {
    long limit = settings.nextUpstreamTimeout().toMillis();
    return limit == 0 || r.worker().nowMillis() - startMillis < limit;
  }

  /** Whether another server is tried after a failure, which is counted and logged. */
  private boolean goesOn(ProxyFailure failure) {
    if (failure.message() != null) {
      r.log(failure.level(), failure.message(), url());
    }
    UpstreamStates.Try state = current();
    if (state.status == 0) {
      state.status = failure.status();
    }
    state.responseMillis = elapsed();
    settle(failure);
    triesLeft--;
    boolean next = triesLeft > 0 && mayRepeat(failure);
    closeConnection();
    balancer.failed(failure);
    status = failure.status();
    this.failure = failure.kind();
    return next;
  }

  private void settle(@Nullable ProxyFailure failure) {
    Peer used = peer;
    peer = null;
    if (used == null) {
      return;
    }
    if (peers.group().single()) {
      triesLeft = 1; // whatever a program has allowed: there is no other server
    }
    if (failure == null
        || failure.kind() == NextUpstream.HTTP_403
        || failure.kind() == NextUpstream.HTTP_404) {
      peers.group().succeeded(used);
    } else if (peers.group().failed(used, r.worker().nowMillis())) {
      r.log(ErrorLog.WARN, "upstream server temporarily disabled" + failure.doing(), url());
    }
  }

  /** Tells whoever traces the request that the try is over. */
  void traceEnd(boolean failed) {
    RequestTrace.Attempt attempt = traced;
    traced = null;
    if (attempt != null) {
      attempt.end(current().status, failed);
    }
  }

  /** The request is through with this: with an answer, or with null without one. */
  void end(Upstream.@Nullable Response answer) {
    r.action("sending to client");
    settle(null); // a peer's connection counts until the body is through, or the client has gone
    if (answer == null) {
      closeConnection();
    } else {
      finish(answer);
    }
  }

  /** An answer has been passed on, or as much of it as there was. */
  private void finish(Upstream.Response answer) {
    UpstreamStates.Try state = current();
    state.responseMillis = elapsed();
    state.bytesReceived = connection().bytesReceived();
    state.bytesSent = connection().bytesSent();
    if (answer instanceof CgiUpstream.Answer framed) {
      state.responseLength = framed.behindHead();
    }
    traceEnd(false);
    answer.release();
  }

  private void closeConnection() {
    traceEnd(true);
    Upstream.Connection open = connection;
    connection = null;
    if (open != null) {
      UpstreamStates.Try state = current();
      state.bytesReceived = open.bytesReceived();
      state.bytesSent = open.bytesSent();
      open.close();
    }
  }
}
