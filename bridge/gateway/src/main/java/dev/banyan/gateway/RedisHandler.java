package dev.banyan.gateway;

import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.RedisQuery;
import dev.banyan.nginx.script.Template;
import dev.banyan.transport.RedisUpstream;
import dev.banyan.transport.Upstream;
import java.util.List;

/** Owned by its request's loop: {@code redis2_pass}, which answers with what Redis replies. */
final class RedisHandler {
  private final Request r;
  private final ContentHandler.Redis handler;

  RedisHandler(Request r, ContentHandler.Redis handler) {
    this.r = r;
    this.handler = handler;
  }

  Verdict run() {
    r.upstream().cacheStatus(null);
    r.discardBody();
    MediaTypes.apply(r);
    ProxyTarget target = target();
    r.upstream().passed(target);
    CommandDialect dialect = dialect();
    PeerGroup group = r.worker().peers().of(r, target);
    if (group == null) {
      return Verdict.status(HttpStatus.BAD_GATEWAY);
    }
    CommandExchange exchange = new CommandExchange(r, dialect, handler.upstream(), target, group);
    return exchange.ask(false, answer -> pass(exchange, answer));
  }

  private Verdict pass(CommandExchange exchange, Upstream.Response answer) {
    Verdict verdict = exchange.pass(answer);
    if (answer instanceof RedisUpstream.Replies replies) {
      if (replies.invalid()) {
        r.log(ErrorLog.ERROR, "Redis server returned invalid response", exchange.url());
      } else if (replies.extra()) {
        r.log(ErrorLog.WARN, "Redis server returned extra bytes", exchange.url());
      }
    }
    return verdict;
  }

  private ProxyTarget target() {
    ProxyTarget written = handler.target();
    return written == null
        ? NamedTarget.of(r, handler.named(), "handler: empty \"redis2_pass\" target", "redis2")
        : written;
  }

  private ResponseAborted refused(String said) {
    return NamedTarget.refused(r, said);
  }

  private CommandDialect dialect() {
    return switch (handler.query()) {
      case RedisQuery.Commands(List<List<Template>> commands) ->
          CommandDialect.redis(r, octets(commands), commands.size());
      case RedisQuery.Literal(String text) -> CommandDialect.redis(r, text, 1);
      case RedisQuery.Raw raw -> raw(raw);
      case RedisQuery.None() -> throw refused("no redis2 query specified or the query is empty");
    };
  }

  private String octets(List<List<Template>> commands) {
    StringBuilder octets = new StringBuilder();
    for (List<Template> command : commands) {
      octets.append('*').append(command.size()).append("\r\n");
      for (Template word : command) {
        String text = word.evaluate(r);
        octets.append('$').append(text.length()).append("\r\n").append(text).append("\r\n");
      }
    }
    return octets.toString();
  }

  private CommandDialect raw(RedisQuery.Raw raw) {
    String text = raw.text().evaluate(r);
    if (text.isEmpty()) {
      throw refused("the redis query is empty");
    }
    Template written = raw.count();
    if (written == null) {
      return CommandDialect.redis(r, text, 1);
    }
    String count = written.evaluate(r);
    if (count.isEmpty()) {
      throw refused("the N argument to redis2_raw_queries is empty");
    }
    long number = Octets.decimal(count);
    if (number <= 0 || number > Integer.MAX_VALUE) {
      throw refused("the N argument to redis2_raw_queries is invalid");
    }
    return CommandDialect.redis(r, text, (int) number);
  }
}
