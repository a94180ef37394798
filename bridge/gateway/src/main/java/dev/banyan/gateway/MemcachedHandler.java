package dev.banyan.gateway;

import dev.banyan.nginx.ContentHandler;
import dev.banyan.transport.MemcachedUpstream;
import dev.banyan.transport.Upstream;

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
    CommandExchange exchange =
        new CommandExchange(
            r,
            CommandDialect.memcached(r, "get", key),
            handler.settings(),
            handler.target(),
            group);
    return exchange.ask(false, answer -> respond(exchange, key, answer));
  }

  private Verdict respond(CommandExchange exchange, String key, Upstream.Response answer) {
    if (answer.status() != HttpStatus.OK) {
      r.log(ErrorLog.INFO, "key: \"" + key + "\" was not found by memcached", exchange.url());
      return Verdict.status(answer.status());
    }
    MemcachedUpstream.Value value = (MemcachedUpstream.Value) answer;
    Response response = r.response();
    if (handler.gzipFlag() != 0) {
      Long flags = value.flags();
      if (flags == null) {
        r.log(
            ErrorLog.ERROR, "memcached sent invalid flags for key \"" + key + "\"", exchange.url());
        return Verdict.status(HttpStatus.BAD_GATEWAY);
      }
      if ((flags & handler.gzipFlag()) != 0) {
        response.headers().set("Content-Encoding", "gzip");
      }
    }
    MediaTypes.apply(r);
    response.allowOneRange(true);
    return exchange.pass(answer);
  }
}
