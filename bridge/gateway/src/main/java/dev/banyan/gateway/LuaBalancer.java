package dev.banyan.gateway;

import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.nginx.ProxySettings;
import dev.banyan.nginx.script.LuaHandler;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: what {@code balancer_by_lua} decides for the tries of a request. */
final class LuaBalancer implements RequestHost.BalancerHost {
  /** Idle connections that {@code enable_keepalive} keeps for one address. */
  static final int POOL = 30;

  private static final Duration FOREVER = Duration.ofDays(3_650);

  private final Request r;
  private final ProxyRun run;
  private @Nullable SocketAddress chosen;
  private @Nullable Target checked;
  private @Nullable Duration connect;
  private @Nullable Duration send;
  private @Nullable Duration read;
  private @Nullable Kept kept;
  private @Nullable String name;
  private @Nullable SocketAddress local;
  private @Nullable Boolean secured;
  private @Nullable ProxyFailure last;
  private int tries;
  private int status = HttpStatus.INTERNAL_ERROR;

  /** A peer as Lua or a port names it, and its address. */
  private record Target(String host, int port, SocketAddress address) {}

  /**
   * How long the connection of a try may be idle afterwards, and how many requests it may carry.
   */
  record Kept(Duration idle, int requests) {}

  LuaBalancer(Request r, ProxyRun run) {
    this.r = r;
    this.run = run;
  }

  /**
   * Runs the handler; null when {@link #status()} is to be answered or, if that is 0, when it left
   * the choice to the configured servers.
   */
  @Nullable SocketAddress choose(LuaHandler handler) {
    chosen = null;
    kept = null;
    name = null;
    local = null;
    status = LuaPhases.balancer(r, handler);
    if (status != 0) {
      return null;
    }
    if (chosen != null) {
      tries++;
    }
    return chosen;
  }

  int status() {
    return status;
  }

  int triesDone() {
    return tries;
  }

  void failed(ProxyFailure failure) {
    last = failure;
  }

  Duration connect(Duration configured) {
    return connect == null ? configured : connect;
  }

  Duration send(Duration configured) {
    return send == null ? configured : send;
  }

  Duration read(Duration configured) {
    return read == null ? configured : read;
  }

  @Nullable Kept kept() {
    return kept;
  }

  /** The name of the server for a handshake and for the pool; null for the configured one. */
  @Nullable String name() {
    return name;
  }

  /** The address to connect from; null for the configured one. */
  @Nullable SocketAddress local() {
    return local;
  }

  /** Whether the connection is secured. */
  boolean secured(boolean configured) {
    return secured == null ? configured : secured;
  }

  @Override
  public void currentPeer(String host, int port) {
    chosen = target(host, port);
  }

  @Override
  public void checkPeer(String host, int port) {
    target(host, port);
  }

  /** What was checked is what is chosen, in nearly every request. */
  private SocketAddress target(String host, int port) {
    Target known = checked;
    if (known == null || known.port() != port || !known.host().equals(host)) {
      known = new Target(host, port, PeerAddress.of(host, port));
      checked = known;
    }
    return known.address();
  }

  @Override
  public int moreTries(int count) {
    return run.moreTries(count);
  }

  @Override
  public void timeouts(
      @Nullable Duration newConnect, @Nullable Duration newSend, @Nullable Duration newRead) {
    connect = newConnect == null ? connect : newConnect;
    send = newSend == null ? send : newSend;
    read = newRead == null ? read : newRead;
  }

  @Override
  public @Nullable String lastFailure() {
    ProxyFailure failure = last;
    if (failure == null) {
      return null;
    }
    boolean next =
        failure.kind() == ProxySettings.NextUpstream.HTTP_403
            || failure.kind() == ProxySettings.NextUpstream.HTTP_404;
    return next ? "next" : "failed";
  }

  @Override
  public int lastFailureStatus() {
    return last == null ? 0 : last.status();
  }

  @Override
  public void recreateRequest() {
    run.recreate();
  }

  @Override
  public void peerName(@Nullable String chosenName) {
    name = chosenName;
  }

  @Override
  public void bind(String address) {
    SocketAddress parsed = Addresses.local(address);
    if (parsed == null) {
      throw new NgxFailure("invalid addr");
    }
    local = parsed;
  }

  @Override
  public void secure(boolean on) {
    secured = on;
  }

  @Override
  public void keepAlive(@Nullable Duration idle, int maxRequests) {
    kept = new Kept(idle == null ? FOREVER : idle, maxRequests);
  }
}
