package dev.banyan.modules.accesslog;

import dev.banyan.api.Ctx;
import dev.banyan.api.Decision;
import dev.banyan.api.Dict;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.Line;
import dev.banyan.api.Log;
import dev.banyan.api.LuaModule;
import dev.banyan.api.OctetBuffer;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.RequestMethod;
import dev.banyan.api.ResponseStatus;
import dev.banyan.api.Shared;
import dev.banyan.api.Var;
import dev.banyan.api.Writes;
import dev.banyan.modules.accesslog.JsonLine.Field;
import dev.banyan.modules.edge.ClientAddress;
import dev.banyan.modules.edge.LuaText;
import dev.banyan.modules.edge.Recurring;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON line per request, and counters that a timer sums up. */
@LuaModule("edge.access_log")
@Writes(ctx = "client_ip", files = "logs/edge.json")
public final class AccessLog implements Port {
  private static final String FILE = "logs/edge.json";
  private static final int STATUSES = 600;

  /** The counter of each reason: there are a few. */
  private static final Recurring<String> BLOCKED = new Recurring<>(reason -> "blocked:" + reason);

  /** Each as it was needed first; threads may make one twice. */
  private final @Nullable String[] statusCounters = new @Nullable String[STATUSES];

  /** What a line is made of, and how. */
  public record Input(
      @Var("tenant_id") @Nullable String tenant,
      @Var("tenant_tier") @Nullable String tier,
      @Ctx("client_ip") @Nullable String knownClient,
      @Var("http_x_forwarded_for") @Nullable String forwardedFor,
      @Var("remote_addr") @Nullable String peer,
      @RequestMethod String method,
      @Var("request_uri") @Nullable String uri,
      @Var("status") @Nullable String shownStatus,
      @Var("body_bytes_sent") @Nullable String bytes,
      @Var("edge_action") @Nullable String action,
      @Ctx("blocked_by") @Nullable String blockedBy,
      @Var("bot_class") @Nullable String bot,
      @Var("waf_score") @Nullable String wafScore,
      @Ctx("waf_rules") @Nullable String wafRules,
      @Ctx("user") @Nullable String user,
      @Var("cache_key") @Nullable String cacheKey,
      @Var("upstream_group") @Nullable String group,
      @Var("upstream_status") @Nullable String upstreamStatus,
      @Var("request_uid") @Nullable String requestUid,
      @Var("http_user_agent") @Nullable String agent,
      @ResponseStatus int status)
      implements Line {
    @Nullable String client() {
      return ClientAddress.of(knownClient, forwardedFor, peer);
    }

    /** Leaves what isn't as it should be to Lua, before anything is done. */
    void requireNumbers() {
      JsonLine.requireNumber(shownStatus);
      JsonLine.requireNumber(bytes);
      JsonLine.requireNumber(wafScore);
    }

    @Override
    public void writeTo(OctetBuffer out) {
      int start = out.length();
      JsonLine.text(out, Field.TENANT, tenant);
      JsonLine.text(out, Field.TIER, tier);
      JsonLine.text(out, Field.CLIENT, client());
      JsonLine.text(out, Field.METHOD, method);
      JsonLine.text(out, Field.URI, uri);
      JsonLine.number(out, Field.STATUS, shownStatus);
      JsonLine.number(out, Field.BYTES, bytes);
      JsonLine.text(out, Field.ACTION, action);
      JsonLine.text(out, Field.BLOCKED_BY, blockedBy);
      JsonLine.text(out, Field.BOT, bot);
      JsonLine.number(out, Field.WAF_SCORE, wafScore);
      JsonLine.text(out, Field.WAF_RULES, wafRules);
      JsonLine.text(out, Field.USER, user);
      JsonLine.text(out, Field.CACHE_KEY, cacheKey);
      JsonLine.text(out, Field.GROUP, group);
      JsonLine.text(out, Field.UPSTREAM_STATUS, upstreamStatus);
      JsonLine.text(out, Field.REQUEST_ID, requestUid);
      JsonLine.text(out, Field.AGENT, agent);
      JsonLine.end(out, start);
    }
  }

  /** Replaces {@code access_log.line()}. */
  @Handler("line")
  public Decision line(Input in) {
    in.requireNumbers();
    String client = in.client();
    OctetBuffer text = new OctetBuffer();
    in.writeTo(text);
    return ClientAddress.kept(Decision.next(), in.knownClient(), client).returning(text.toString());
  }

  /** Replaces {@code access_log.log()}. */
  @Handler(value = "log", phase = Phase.LOG)
  public Decision log(Input in, @Shared("counters") Dict counters, Log log) {
    in.requireNumbers();
    String client = in.client();
    count("requests", counters, log);
    count(statusCounter(in.status()), counters, log);
    if (in.blockedBy() != null) {
      count(BLOCKED.of(in.blockedBy()), counters, log);
    }
    return ClientAddress.kept(Decision.next(), in.knownClient(), client).append(FILE, in);
  }

  private String statusCounter(int status) {
    if (status < 0 || status >= statusCounters.length) {
      return "status:" + status;
    }
    String known = statusCounters[status];
    if (known == null) {
      known = "status:" + status;
      statusCounters[status] = known;
    }
    return known;
  }

  /** Replaces {@code access_log.snapshot()}. */
  @Function("snapshot")
  public String snapshot(@Shared("counters") Dict counters) {
    List<String> keys = counters.keys(0).stream().sorted().toList();
    StringBuilder out = new StringBuilder();
    for (String key : keys) {
      Object value = counters.get(key);
      out.append(out.isEmpty() ? "" : "\n").append(key).append(' ');
      out.append(value instanceof Double number ? LuaText.number(number) : value);
    }
    return out.append('\n').toString();
  }

  private static void count(String key, Dict counters, Log log) {
    Dict.Sum sum = counters.incr(key, 1, 0);
    if (sum.error() != null) {
      log.warn("counter " + key + ": " + sum.error());
    }
  }
}
