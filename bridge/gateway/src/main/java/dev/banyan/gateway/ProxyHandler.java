package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.fiber.Fiber;
import dev.banyan.lua.ngx.LocationUri;
import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.ProxySettings;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.script.TemplateException;
import dev.banyan.transport.Chunk;
import dev.banyan.transport.RawSocket;
import dev.banyan.transport.TransportException;
import dev.banyan.transport.Upstream;
import java.util.ArrayList;
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
    ProxyRun run = new ProxyRun(r, handler, target, group);
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
      r.action("");
      if (answer == null) {
        run.closeConnection();
      } else {
        close(run, answer);
      }
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

  private void close(ProxyRun run, Upstream.Response answer) {
    UpstreamStates.Try state = run.current();
    state.responseMillis = run.elapsed();
    state.bytesReceived = run.connection().bytesReceived();
    state.bytesSent = run.connection().bytesSent();
    run.traceEnd(false);
    answer.release();
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
    return body(run, answer);
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

  /** Passes the body on as it comes, at the client's pace. */
  private Verdict body(ProxyRun run, Upstream.Response answer) {
    Response response = r.response();
    if (response.headerOnly()) {
      return Signal.OK;
    }
    r.action("reading upstream");
    if (!r.isMain() && settings.buffering()) {
      return wholeBody(run, answer);
    }
    RatePacer pacer = RatePacer.of(r);
    try {
      while (true) {
        if (!answer.body().ready()) { // what is here already goes out together, head included
          response.flush();
        }
        Chunk piece = answer.body().read(settings.readTimeout());
        if (piece == null) {
          break;
        }
        int length = piece.length();
        run.current().responseLength += length;
        response.write(piece, false);
        response.awaitWritable(r.location().core().sendTimeout(), false);
        pacer.sent(length);
      }
    } catch (TransportException e) {
      response.flush(); // what had come is the client's
      return brokenOff(run, e);
    }
    response.finish();
    return Signal.OK;
  }

  /** A subrequest's buffered body: kept when its origin ends too early, dropped when it is late. */
  private Verdict wholeBody(ProxyRun run, Upstream.Response answer) {
    List<Chunk> pieces = new ArrayList<>();
    try {
      for (Chunk piece = answer.body().read(settings.readTimeout());
          piece != null;
          piece = answer.body().read(settings.readTimeout())) {
        run.current().responseLength += piece.length();
        pieces.add(piece);
      }
    } catch (TransportException e) {
      if (e.kind() == TransportException.Kind.CLOSED) {
        write(pieces);
      } else {
        pieces.forEach(Chunk::discard);
      }
      return brokenOff(run, e);
    }
    write(pieces);
    r.response().finish();
    return Signal.OK;
  }

  private void write(List<Chunk> pieces) {
    pieces.forEach(piece -> r.response().write(piece, false));
  }

  private Verdict brokenOff(ProxyRun run, TransportException e) {
    if (r.isMain() && r.client().exchange().clientGone()) {
      r.log(
          ErrorLog.INFO, "client prematurely closed connection while sending to client", run.url());
      return Verdict.status(HttpStatus.CLIENT_CLOSED);
    }
    String message =
        e.kind() == TransportException.Kind.TIMEOUT
            ? "upstream timed out (110: Connection timed out) while reading upstream"
            : "upstream prematurely closed connection while reading upstream";
    r.log(ErrorLog.ERROR, message, run.url());
    return Verdict.failed();
  }

  /** Ends a proxying whose client leaves, as nginx does unless it is told to ignore that. */
  private static final class AbortWatch {
    private boolean active;

    static AbortWatch start(Request r, boolean ignored) {
      AbortWatch watch = new AbortWatch();
      watch.active = !ignored && r.isMain();
      if (watch.active) {
        Fiber fiber = Fiber.current();
        r.client()
            .exchange()
            .onClientGone(() -> {
              if (watch.active) {
                watch.active = false;
                fiber.interrupt(new ResponseAborted(HttpStatus.CLIENT_CLOSED));
              }
            });
      }
      return watch;
    }

    void stop() {
      active = false;
    }
  }
}
