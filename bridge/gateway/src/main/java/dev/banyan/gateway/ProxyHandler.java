package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.lua.ngx.LocationUri;
import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.ProxySettings;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.script.TemplateException;
import dev.banyan.transport.RawSocket;
import dev.banyan.transport.Upstream;
import java.util.List;

/** Owned by its request's loop: {@code proxy_pass}. */
final class ProxyHandler {
  private final Request r;
  private final ContentHandler.Proxy handler;
  private final ProxySettings settings;

  ProxyHandler(Request r, ContentHandler.Proxy handler) {
    this.r = r;
    this.handler = handler;
    this.settings = r.location().proxy();
  }

  Verdict run() {
    ProxyTarget target = target();
    if (target == null) {
      return Verdict.status(HttpStatus.INTERNAL_ERROR);
    }
    r.proxyTarget(target);
    PeerGroup group = r.worker().peers().of(r, target);
    if (group == null) {
      return Verdict.status(HttpStatus.BAD_GATEWAY);
    }
    ProxyRun run = new ProxyRun(r, new HttpDialect(r, handler, target), settings, target, group);
    r.proxyRun(run);
    AbortWatch watch = AbortWatch.start(r, settings.ignoreClientAbort());
    Upstream.Response answer = null;
    try {
      answer = run.answer();
      if (answer == null) {
        return Verdict.status(run.status());
      }
      return respond(run, target, answer);
    } finally {
      watch.stop();
      run.end(answer);
    }
  }

  private @org.jspecify.annotations.Nullable ProxyTarget target() {
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

  private Verdict respond(ProxyRun run, ProxyTarget target, Upstream.Response answer) {
    r.upstream().headers(answer.headers());
    String accel = answer.headers().first("X-Accel-Redirect");
    if (accel != null
        && !settings.ignoreHeaders().contains(ProxySettings.IgnoredHeader.X_ACCEL_REDIRECT)) {
      return accelerate(answer, accel);
    }
    if (intercepted(answer)) {
      return Verdict.status(answer.status());
    }
    ProxyResponseHead.copy(r, handler, target, answer);
    RawSocket upgraded = answer.upgraded();
    if (upgraded != null && r.isMain()) {
      return Tunnel.run(r, upgraded, settings.readTimeout());
    }
    r.response().sendHead();
    return new OriginBody(r, settings, run).pass(answer);
  }

  private boolean intercepted(Upstream.Response answer) {
    int status = answer.status();
    if (!settings.interceptErrors()
        || status < HttpStatus.SPECIAL_RESPONSE
        || r.location().core().errorPage(status) == null) {
      return false;
    }
    String challenge = answer.headers().first("WWW-Authenticate");
    if (status == HttpStatus.UNAUTHORIZED && challenge != null) {
      r.response().headers().set("WWW-Authenticate", challenge);
    }
    return true;
  }

  private Verdict accelerate(Upstream.Response answer, String path) {
    Headers out = r.response().headers();
    for (String kept : List.of("Content-Type", "Content-Disposition", "Expires")) {
      String value = answer.headers().first(kept);
      if (value != null) {
        out.set(kept, value);
      }
    }
    answer.headers().all("Cache-Control").forEach(value -> out.add("Cache-Control", value));
    for (String cookie : answer.headers().all("Set-Cookie")) {
      out.add("Set-Cookie", ProxyCookies.rewrite(r, cookie));
    }
    if (path.startsWith("@")) {
      return new Verdict.Named(path);
    }
    LocationUri uri = LocationUri.parse(path);
    if (uri == null) {
      r.log(ErrorLog.ERROR, "unsafe URI \"" + path + "\" was detected");
      return Verdict.status(HttpStatus.NOT_FOUND);
    }
    if (!r.method().equals("HEAD")) {
      r.method("GET");
    }
    return new Verdict.Redirect(uri.path(), uri.args());
  }
}
