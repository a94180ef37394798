package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.gateway.trace.RequestTrace;
import dev.banyan.nginx.CgiProtocol;
import dev.banyan.nginx.CgiSettings;
import dev.banyan.nginx.ProxySettings;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.transport.CgiWire;
import dev.banyan.transport.Upstream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: parameters and a body to the servers of a {@code fastcgi_pass}. */
final class CgiDialect implements PassDialect, CgiWire.Listener {
  private static final Headers NO_FIELDS = new Headers();

  private final Request r;
  private final CgiProtocol protocol;
  private final CgiSettings settings;
  private final CgiWire wire;
  private ProxyBody body;
  private @Nullable CacheVisit visit;
  private byte[] request = {};

  CgiDialect(Request r, CgiProtocol protocol, ProxyTarget target) {
    this.r = r;
    this.protocol = protocol;
    this.settings = r.location().cgi(protocol);
    this.body = ProxyBody.of(r, settings.origin());
    this.wire =
        switch (protocol) {
          case FASTCGI ->
              new CgiWire.FastCgi(settings.keepsConnection(), settings.origin().buffering());
          case UWSGI ->
              new CgiWire.Uwsgi(
                  settings.modifier1(), settings.modifier2(), settings.more(), target.tls());
          case SCGI -> new CgiWire.Scgi();
        };
  }

  @Override
  public ProxySettings settings() {
    return settings.origin();
  }

  @Override
  public String address() {
    return "";
  }

  @Override
  public void looks(String key) {
    // no path of Lua's is followed past an application server
  }

  @Override
  public void keeps(CacheVisit cached) {
    visit = cached;
  }

  @Override
  public void prepare() {
    CacheVisit cached = visit;
    CgiParameters parameters = new CgiParameters(r, settings);
    if (protocol == CgiProtocol.SCGI) {
      parameters.add("CONTENT_LENGTH", Long.toString(Math.max(0, body.length())));
    }
    parameters.addConfigured();
    if (cached != null && cached.keeping()) {
      parameters.addConditions(cached.conditions());
    }
    if (settings.origin().passRequestHeaders()) {
      parameters.addFields();
    }
    try {
      request = wire.encode(parameters.all());
    } catch (CgiWire.TooLong e) {
      r.log(ErrorLog.ALERT, String.valueOf(e.getMessage()));
      throw new ResponseAborted(HttpStatus.INTERNAL_ERROR);
    }
  }

  @Override
  public String scheme() {
    return wire.scheme();
  }

  @Override
  public String uri() {
    return "";
  }

  @Override
  public String method() {
    return r.method();
  }

  @Override
  public boolean passesAbsence() {
    return false;
  }

  /** An answer that is kept is read to its end, whatever it is the answer to. */
  @Override
  public boolean bodiless() {
    return r.method().equals("HEAD") && (visit == null || !visit.keeping());
  }

  @Override
  public Upstream.Connection connect(Upstream.Peer peer, Duration timeout) {
    Upstream servers =
        (to, patience) -> r.worker().applications().connect(to, patience, wire, request, this);
    return Enclosure.upstream(r.service().options().enclosure(), servers).connect(peer, timeout);
  }

  @Override
  public void send(
      Upstream.Connection open,
      UpstreamStates.Try state,
      RequestTrace.@Nullable Attempt traced,
      Duration timeout) {
    open.sendHead(r.method(), "", "", NO_FIELDS);
    body.sendAside(open, timeout);
  }

  @Override
  public boolean repeatable() {
    return body.repeatable();
  }

  @Override
  public void recreate() {
    body = ProxyBody.of(r, settings.origin());
    prepare();
  }

  @Override
  public boolean complaint(String text, boolean inHead) {
    r.log(ErrorLog.ERROR, "FastCGI sent in stderr: \"" + text + "\"");
    return inHead && settings.complaints().stream().anyMatch(text::contains);
  }

  @Override
  public boolean upgrades() {
    return r.isMain() && r.headers().contains("Upgrade");
  }

  @Override
  public void surplus() {
    r.log(ErrorLog.WARN, "upstream sent more data than specified in \"Content-Length\" header");
  }
}
