package dev.banyan.gateway;

import dev.banyan.nginx.ProxySettings;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.transport.MemcachedUpstream;
import dev.banyan.transport.Upstream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: what servers without HTTP are asked, memcached and Redis, and what
 * they answer.
 */
final class CommandExchange {
  private final Request r;
  private final ProxySettings settings;
  private final ProxyRun run;

  CommandExchange(
      Request r,
      OriginDialect dialect,
      ProxySettings settings,
      ProxyTarget target,
      PeerGroup group) {
    this.r = r;
    this.settings = settings;
    this.run = new ProxyRun(r, dialect, settings, target, group);
  }

  /** The server that was asked last, for the log. */
  String url() {
    return run.url();
  }

  /** Asks, and has what comes back answered; no answer at all is the run's own status. */
  Verdict ask(boolean ignoresAbort, Function<Upstream.Response, Verdict> respond) {
    r.upstream().run(run);
    AbortWatch watch = AbortWatch.start(r, ignoresAbort);
    Upstream.@Nullable Response answer = null;
    try {
      answer = run.answer();
      return answer == null ? Verdict.status(run.status()) : respond.apply(answer);
    } finally {
      watch.stop();
      run.end(answer);
    }
  }

  /** Sends the head, and the answer behind it. */
  Verdict pass(Upstream.Response answer) {
    Response response = r.response();
    long length = answer.body().length();
    if (length >= 0) {
      response.headers().set("Content-Length", Long.toString(length));
    }
    response.status(answer.status());
    response.judgedByOrigin();
    response.sendHead();
    Verdict verdict = new OriginBody(r, settings, run).pass(answer);
    if (answer instanceof MemcachedUpstream.Value value && value.badlyEnded()) {
      r.log(ErrorLog.ERROR, "memcached sent invalid trailer", run.url());
    }
    return verdict;
  }
}
