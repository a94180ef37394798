package dev.banyan.gateway;

import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.script.TemplateException;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: {@code proxy_pass}. */
final class ProxyHandler {
  private final Request r;
  private final ContentHandler.Proxy handler;

  ProxyHandler(Request r, ContentHandler.Proxy handler) {
    this.r = r;
    this.handler = handler;
  }

  Verdict run() {
    r.upstream().cacheStatus(null);
    r.upstream().passed(handler.target());
    ProxyTarget target = target();
    if (target == null) {
      return Verdict.status(HttpStatus.INTERNAL_ERROR);
    }
    r.upstream().target(target);
    return new OriginPass(r, new HttpDialect(r, handler, target), target).run();
  }

  private @Nullable ProxyTarget target() {
    if (handler.target() != null) {
      return handler.target();
    }
    String url = handler.url().evaluate(r);
    try {
      return ProxyTarget.parse(url);
    } catch (TemplateException e) {
      r.log(ErrorLog.ERROR, e.problem() + " in \"" + url + "\"");
      return null;
    }
  }
}
