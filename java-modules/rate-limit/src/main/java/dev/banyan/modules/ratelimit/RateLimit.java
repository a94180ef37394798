package dev.banyan.modules.ratelimit;

import dev.banyan.api.Ctx;
import dev.banyan.api.Decision;
import dev.banyan.api.Dict;
import dev.banyan.api.Handler;
import dev.banyan.api.Log;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.Shared;
import dev.banyan.api.Var;
import dev.banyan.api.Writes;
import dev.banyan.modules.edge.ClientAddress;
import dev.banyan.modules.edge.LuaText;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Leaky bucket per tenant and client, in a shared dict. */
@LuaModule("edge.rate_limit")
@Writes(
    ctx = {"client_ip", "blocked_by"},
    vars = "edge_action",
    responseHeaders = {"Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining"})
public final class RateLimit implements Port {
  private static final double MILLIS = 1000;
  private static final double LEAST_RATE = 0.0001;

  /** A tenant's settings, as {@code ngx.ctx.tenant.rate} has them. */
  public record Rate(@Nullable Double perSecond, @Nullable Double burst, boolean show) {}

  /** What a call reads. */
  public record Input(
      @Ctx("client_ip") @Nullable String knownClient,
      @Var("http_x_forwarded_for") @Nullable String forwardedFor,
      @Var("remote_addr") @Nullable String peer,
      @Ctx("tenant.id") @Nullable String tenant,
      @Ctx("tenant.rate") @Nullable Rate rate) {}

  /** Replaces {@code rate_limit.access()}. */
  @Handler(value = "access", phase = Phase.ACCESS)
  public Decision access(Input in, @Shared("rate_limit") Dict dict, Clock clock, Log log) {
    Rate rate = in.rate();
    String client = ClientAddress.of(in.knownClient(), in.forwardedFor(), in.peer());
    if (rate == null || rate.perSecond() == null || rate.burst() == null) {
      return Decision.decline("no rate");
    }
    if (in.tenant() == null || client == null) {
      return Decision.decline("no tenant or no address");
    }
    double perSecond = rate.perSecond();
    double burst = rate.burst();
    Decision decision = ClientAddress.kept(Decision.next(), in.knownClient(), client);
    String key = in.tenant() + "|" + client;
    Bucket bucket = new Bucket(perSecond * MILLIS, burst * MILLIS);
    double now = Math.floor(clock.millis() / MILLIS * MILLIS);
    double excess = bucket.add(dict.get(key), now);
    if (excess > bucket.burst()) {
      double wait = Math.ceil(1 / Math.max(perSecond, LEAST_RATE));
      return decision
          .setCtx("blocked_by", "rate")
          .setVar("edge_action", "limit")
          .setResponseHeader("Retry-After", LuaText.number(wait))
          .setResponseHeader("X-RateLimit-Limit", LuaText.number(burst))
          .responding(429);
    }
    String text = LuaText.whole(excess) + ":" + LuaText.whole(now);
    String refusal = dict.set(key, text, bucket.ttl());
    if (refusal != null) {
      log.error("rate limit: " + refusal);
      return decision;
    }
    if (!rate.show()) {
      return decision;
    }
    String left = LuaText.number(Math.floor(burst - excess / MILLIS));
    return decision.setResponseHeader("X-RateLimit-Remaining", left);
  }
}
