package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.gateway.cache.CachedFile;
import dev.banyan.lua.ngx.LocationUri;
import dev.banyan.lua.ngx.text.HttpTime;
import dev.banyan.nginx.ProxySettings;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.StoreSettings;
import dev.banyan.transport.GrpcUpstream;
import dev.banyan.transport.RawSocket;
import dev.banyan.transport.Upstream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: hands a request to the servers of a {@code proxy_pass} or its like,
 * past what is kept of their answers.
 */
final class OriginPass {
  private final Request r;
  private final PassDialect dialect;
  private final ProxyTarget target;
  private final ProxySettings settings;

  OriginPass(Request r, PassDialect dialect, ProxyTarget target) {
    this.r = r;
    this.dialect = dialect;
    this.target = target;
    this.settings = dialect.settings();
  }

  Verdict run() {
    if (settings.cache().zone() == null) {
      return askAny(null);
    }
    CacheVisit visit = CacheVisit.begin(r, dialect);
    return visit == null ? askAny(null) : run(visit);
  }

  private Verdict run(CacheVisit visit) {
    try {
      return switch (visit.look()) {
        case CacheVisit.Look.Use(var file) -> new CachedAnswer(r, dialect).send(file);
        case CacheVisit.Look.Failed(int status) -> Verdict.status(status);
        case CacheVisit.Look.Ask _, CacheVisit.Look.Wait _ -> {
          dialect.keeps(visit);
          yield askAny(visit);
        }
      };
    } finally {
      visit.release();
    }
  }

  private Verdict askAny(@Nullable CacheVisit visit) {
    PeerGroup group = r.worker().peers().of(r, target);
    return group == null ? Verdict.status(HttpStatus.BAD_GATEWAY) : ask(group, visit);
  }

  private Verdict ask(PeerGroup group, @Nullable CacheVisit visit) {
    dialect.prepare();
    ProxyRun run = new ProxyRun(r, dialect, settings, target, group);
    r.upstream().run(run);
    boolean kept = settings.store() != null || (visit != null && visit.keeping());
    AbortWatch watch = AbortWatch.start(r, kept || settings.ignoreClientAbort());
    Upstream.Response answer = null;
    try {
      answer = run.answer();
      if (answer == null) {
        return visit == null ? Verdict.status(run.status()) : unanswered(run, visit);
      }
      return respond(run, answer, visit);
    } finally {
      watch.stop();
      run.end(answer);
    }
  }

  /** No origin has answered: something kept may do. */
  private Verdict unanswered(ProxyRun run, CacheVisit visit) {
    CachedFile kept = visit.instead(run.failure(), true);
    if (kept != null) {
      return new CachedAnswer(r, dialect).send(kept);
    }
    if (run.status() == HttpStatus.BAD_GATEWAY || run.status() == HttpStatus.GATEWAY_TIMEOUT) {
      visit.failed(run.status(), 0);
    }
    return Verdict.status(run.status());
  }

  private Verdict respond(ProxyRun run, Upstream.Response answer, @Nullable CacheVisit visit) {
    r.upstream().answered(answer.status(), answer.headers());
    CachedFile kept = visit == null ? null : kept(visit, answer);
    if (kept != null) {
      return new CachedAnswer(r, dialect).send(kept);
    }
    CacheRules rules = visit == null ? null : visit.heard(answer.headers());
    String accel = answer.headers().first("X-Accel-Redirect");
    if (accel != null
        && !settings.ignoreHeaders().contains(ProxySettings.IgnoredHeader.X_ACCEL_REDIRECT)) {
      return accelerate(answer, accel);
    }
    if (intercepted(answer)) {
      if (visit != null && rules != null) {
        visit.failed(answer.status(), rules.freshness().validUntil());
      }
      return Verdict.status(answer.status());
    }
    ProxyResponseHead.Answer head =
        new ProxyResponseHead.Answer(answer.status(), answer.statusLine(), fields(answer));
    boolean keeps = visit != null && visit.keeping();
    ProxyResponseHead.copy(
        r, dialect, head, keeps ? ProxyResponseHead.Source.KEPT : ProxyResponseHead.Source.ORIGIN);
    RawSocket upgraded = answer.upgraded();
    if (upgraded != null && r.isMain()) {
      return Tunnel.run(r, upgraded, settings.readTimeout());
    }
    r.response().sendHead();
    BodyCopy copy = visit == null || rules == null ? store(head) : visit.copy(head, rules);
    return new OriginBody(r, settings, run, copy, atEnd(answer)).pass(answer);
  }

  /** Variables that tell of an origin's trailers are evaluated where the body ends. */
  private Runnable atEnd(Upstream.Response answer) {
    return answer instanceof GrpcUpstream.Answer grpc
        ? () -> ProxyResponseHead.copyTrailers(r, dialect, grpc.trailers())
        : OriginBody.NOTHING;
  }

  /** The fields of an answer, with the length of none where its head was all. */
  private static Headers fields(Upstream.Response answer) {
    if (!(answer instanceof GrpcUpstream.Answer grpc) || !grpc.headAlone()) {
      return answer.headers();
    }
    Headers fields = answer.headers().copy();
    fields.set("Content-Length", "0");
    return fields;
  }

  /** What is kept and takes the place of this answer; null when the answer itself is sent. */
  private static @Nullable CachedFile kept(CacheVisit visit, Upstream.Response answer) {
    ProxyFailure failure = ProxyFailure.ofStatus(answer.status());
    CachedFile stale = failure == null ? null : visit.instead(failure.kind(), false);
    return stale == null ? visit.revalidated(answer.status(), answer.headers()) : stale;
  }

  /** What {@code proxy_store} copies this answer to; null for nothing. */
  private @Nullable BodyCopy store(ProxyResponseHead.Answer head) {
    StoreSettings store = settings.store();
    if (store == null
        || head.status() != HttpStatus.OK
        || r.method().equals("HEAD")
        || r.service().options().enclosure() != null) {
      return null;
    }
    String octets = store.path() == null ? FilePaths.of(r) : store.path().evaluate(r);
    Path path = r.service().files().path(octets);
    if (path == null) {
      return null;
    }
    String modified = head.fields().first("Last-Modified");
    OptionalLong time = modified == null ? OptionalLong.empty() : HttpTime.parse(modified);
    StoreDraft draft = new StoreDraft(path, store.access(), time);
    return new DraftCopy(r, r.service().disk(), draft, _ -> {});
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
    for (String kept : List.of("Cache-Control", "Accept-Ranges")) {
      answer.headers().all(kept).forEach(value -> out.add(kept, value));
    }
    for (String cookie : answer.headers().all("Set-Cookie")) {
      out.add("Set-Cookie", ProxyCookies.rewrite(r, settings, cookie));
    }
    if (path.startsWith("@")) {
      return new Verdict.Named(path);
    }
    LocationUri uri = LocationUri.parse(path);
    if (uri == null) {
      r.log(ErrorLog.ERROR, "unsafe URI \"" + LocationUri.unsafe(path) + "\" was detected");
      return Verdict.status(HttpStatus.NOT_FOUND);
    }
    if (!r.method().equals("HEAD")) {
      r.method("GET");
    }
    return Verdict.Redirect.of(uri.path(), uri.args());
  }
}
