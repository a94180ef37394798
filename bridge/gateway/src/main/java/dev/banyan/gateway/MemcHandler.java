package dev.banyan.gateway;

import dev.banyan.lua.ngx.text.HttpTime;
import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.script.Variable;
import dev.banyan.transport.MemcachedUpstream;
import dev.banyan.transport.Upstream;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: {@code memc_pass}. */
final class MemcHandler {
  private final Request r;
  private final ContentHandler.Memc handler;

  MemcHandler(Request r, ContentHandler.Memc handler) {
    this.r = r;
    this.handler = handler;
  }

  /** {@code $memc_flags_as_http_time}; null where the flags are no time. */
  static @Nullable String flagsAsTime(Request r) {
    Variable variable = r.service().http().variables().find("memc_flags");
    String flags = variable == null ? null : r.variable(variable);
    long seconds = flags == null ? -1 : Octets.decimal(flags);
    return seconds < 0 ? null : HttpTime.http(seconds);
  }

  Verdict run() {
    r.upstream().cacheStatus(null);
    MemcCommand command = MemcCommand.of(r, handler);
    MediaTypes.apply(r);
    ProxyTarget target = target();
    r.upstream().passed(target);
    command.check();
    if (r.isMain()) {
      r.body().read();
    }
    String words = command.octets();
    PeerGroup group = r.worker().peers().of(r, target);
    return group == null
        ? Verdict.status(HttpStatus.BAD_GATEWAY)
        : ask(command, CommandDialect.memcached(r, command.name(), words), target, group);
  }

  private ProxyTarget target() {
    ProxyTarget written = handler.target();
    return written == null
        ? NamedTarget.of(r, handler.named(), "memc: handler: empty \"memc_pass\" target", "memc")
        : written;
  }

  private Verdict ask(
      MemcCommand command, CommandDialect dialect, ProxyTarget target, PeerGroup group) {
    CommandExchange exchange = new CommandExchange(r, dialect, handler.upstream(), target, group);
    return exchange.ask(
        handler.settings().ignoreClientAbort(), answer -> respond(command, exchange, answer));
  }

  private Verdict respond(MemcCommand command, CommandExchange exchange, Upstream.Response answer) {
    int status = answer.status();
    if (status == HttpStatus.NOT_FOUND) {
      if (command.isGet()) {
        r.log(
            ErrorLog.INFO,
            "key: \"" + command.key() + "\" was not found by memcached",
            exchange.url());
      }
      return Verdict.status(status);
    }
    if (status >= HttpStatus.SPECIAL_RESPONSE && r.location().core().errorPage(status) != null) {
      return Verdict.status(status);
    }
    if (answer instanceof MemcachedUpstream.Value value) {
      keep(value);
    }
    return exchange.pass(answer);
  }

  /** What the value was stored with is known to whoever reads the variable. */
  private void keep(MemcachedUpstream.Value value) {
    Variable variable = handler.words().get("memc_flags");
    if (variable != null) {
      r.set(variable, value.flagsText());
    }
    Long flags = value.flags();
    if (handler.settings().flagsAreDates() && flags != null) {
      r.response().places().modifiedAt(HttpTime.http(flags));
    }
  }
}
