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

  /** What a line is made of. */
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
      @ResponseStatus int status) {
    @Nullable String client() {
      return ClientAddress.of(knownClient, forwardedFor, peer);
    }
  }

  /** Replaces {@code access_log.line()}. */
  @Handler("line")
  public Decision line(Input in) {
    String client = in.client();
    OctetBuffer text = new OctetBuffer();
    new RequestLine(in, client).writeTo(text);
    return ClientAddress.kept(Decision.next(), in.knownClient(), client).returning(text.toString());
  }

  /** The line of a request. */
  private record RequestLine(Input in, @Nullable String client) implements Line {
    RequestLine {
      JsonLine.requireNumber(in.shownStatus());
      JsonLine.requireNumber(in.bytes());
      JsonLine.requireNumber(in.wafScore());
    }

    @Override
    public void writeTo(OctetBuffer out) {
      new JsonLine(out)
          .text(Field.TENANT, in.tenant())
          .text(Field.TIER, in.tier())
          .text(Field.CLIENT, client)
          .text(Field.METHOD, in.method())
          .text(Field.URI, in.uri())
          .number(Field.STATUS, in.shownStatus())
          .number(Field.BYTES, in.bytes())
          .text(Field.ACTION, in.action())
          .text(Field.BLOCKED_BY, in.blockedBy())
          .text(Field.BOT, in.bot())
          .number(Field.WAF_SCORE, in.wafScore())
          .text(Field.WAF_RULES, in.wafRules())
          .text(Field.USER, in.user())
          .text(Field.CACHE_KEY, in.cacheKey())
          .text(Field.GROUP, in.group())
          .text(Field.UPSTREAM_STATUS, in.upstreamStatus())
          .text(Field.REQUEST_ID, in.requestUid())
          .text(Field.AGENT, in.agent())
          .end();
    }
  }

  /** Replaces {@code access_log.log()}. */
  @Handler(value = "log", phase = Phase.LOG)
  public Decision log(Input in, @Shared("counters") Dict counters, Log log) {
    String client = in.client();
    Line line = new RequestLine(in, client);
    count("requests", counters, log);
    count(statusCounter(in.status()), counters, log);
    if (in.blockedBy() != null) {
      count(BLOCKED.of(in.blockedBy()), counters, log);
    }
    return ClientAddress.kept(Decision.next(), in.knownClient(), client).append(FILE, line);
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
