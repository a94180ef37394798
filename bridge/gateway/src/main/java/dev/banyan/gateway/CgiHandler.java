package dev.banyan.gateway;

import dev.banyan.nginx.CgiAddress;
import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.HostPort;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.ServerAddress;
import dev.banyan.nginx.UpstreamGroup;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: {@code fastcgi_pass}, {@code uwsgi_pass} and {@code scgi_pass}. */
final class CgiHandler {
  private final Request r;
  private final ContentHandler.Cgi handler;

  CgiHandler(Request r, ContentHandler.Cgi handler) {
    this.r = r;
    this.handler = handler;
  }

  Verdict run() {
    r.upstream().cacheStatus(null);
    r.upstream().passed(handler.target());
    ProxyTarget written = handler.target();
    ProxyTarget target = written == null ? computed(handler.named().evaluate(r)) : written;
    return target == null
        ? Verdict.status(HttpStatus.INTERNAL_ERROR)
        : new OriginPass(r, new CgiDialect(r, handler.protocol(), target), target).run();
  }

  /** Of an address that was computed; null, which is logged, for one that names no servers. */
  private @Nullable ProxyTarget computed(String text) {
    CgiAddress address = CgiAddress.parse(handler.protocol(), text);
    try {
      HostPort server = ServerAddress.parse(address.server());
      boolean named =
          UpstreamGroup.find(server.host(), r.service().http().upstreams().keySet()) != null;
      boolean portless = server.port() == 0 && !server.isUnix();
      if (portless && !named) {
        r.log(ErrorLog.ERROR, "no port in upstream \"" + server.host() + "\"");
        return null;
      }
      return new ProxyTarget(address.secure(), address.server(), server, !portless, null);
    } catch (IllegalArgumentException e) {
      r.log(ErrorLog.ERROR, e.getMessage() + " in upstream \"" + address.server() + "\"");
      return null;
    }
  }
}
