package dev.banyan.gateway;

import dev.banyan.nginx.CgiAddress;
import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.ProxyTarget;
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

  private @Nullable ProxyTarget computed(String text) {
    CgiAddress address = CgiAddress.parse(handler.protocol(), text);
    return ComputedTarget.of(r, address.server(), address.secure(), server -> address.server());
  }
}
