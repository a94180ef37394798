package dev.banyan.gateway;

import dev.banyan.nginx.ContentHandler;
import dev.banyan.transport.MemcachedUpstream;
import dev.banyan.transport.Upstream;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: {@code memcached_pass}. */
final class MemcachedHandler {
  private final Request r;
  private final ContentHandler.Memcached handler;

  MemcachedHandler(Request r, ContentHandler.Memcached handler) {
    this.r = r;
    this.handler = handler;
  }

  Verdict run() {
    r.upstream().cacheStatus(null);
    if (!r.method().equals("GET") && !r.method().equals("HEAD")) {
      return Verdict.status(HttpStatus.NOT_ALLOWED);
    }
    r.discardBody();
    r.upstream().passed(handler.target());
    String key = handler.key().evaluate(r);
    if (key.isEmpty()) {
      r.log(ErrorLog.ERROR, "the \"$memcached_key\" variable is not set");
      return Verdict.status(HttpStatus.INTERNAL_ERROR);
    }
    PeerGroup group = r.worker().peers().of(r, handler.target());
    return group == null ? Verdict.status(HttpStatus.BAD_GATEWAY) : ask(UriText.word(key), group);
  }

  private Verdict ask(String key, PeerGroup group) {
    ProxyRun run =
        new ProxyRun(r, new MemcachedDialect(r, key), handler.settings(), handler.target(), group);
    r.upstream().run(run);
    AbortWatch watch = AbortWatch.start(r, false);
    Upstream.@Nullable Response answer = null;
    try {
      answer = run.answer();
      return answer == null ? Verdict.status(run.status()) : respond(run, key, answer);
    } finally {
      watch.stop();
      run.end(answer);
    }
  }

  private Verdict respond(ProxyRun run, String key, Upstream.Response answer) {
    if (answer.status() != HttpStatus.OK) {
      r.log(ErrorLog.INFO, "key: \"" + key + "\" was not found by memcached", run.url());
      return Verdict.status(answer.status());
    }
    MemcachedUpstream.Value value = (MemcachedUpstream.Value) answer;
    Response response = r.response();
    if (handler.gzipFlag() != 0) {
      Long flags = value.flags();
      if (flags == null) {
        r.log(ErrorLog.ERROR, "memcached sent invalid flags for key \"" + key + "\"", run.url());
        return Verdict.status(HttpStatus.BAD_GATEWAY);
      }
      if ((flags & handler.gzipFlag()) != 0) {
        response.headers().set("Content-Encoding", "gzip");
      }
    }
    MediaTypes.apply(r);
    response.headers().set("Content-Length", Long.toString(answer.body().length()));
    response.status(HttpStatus.OK);
    response.judgedByOrigin();
    response.allowOneRange(true);
    response.sendHead();
    Verdict verdict = new OriginBody(r, handler.settings(), run).pass(answer);
    if (value.badlyEnded()) {
      r.log(ErrorLog.ERROR, "memcached sent invalid trailer", run.url());
    }
    return verdict;
  }
}
