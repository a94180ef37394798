package dev.banyan.modules.waf;

import dev.banyan.api.AllHeaders;
import dev.banyan.api.Arguments;
import dev.banyan.api.Body;
import dev.banyan.api.Ctx;
import dev.banyan.api.Decision;
import dev.banyan.api.Handler;
import dev.banyan.api.Headers;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Path;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.QueryArgs;
import dev.banyan.api.RawTarget;
import dev.banyan.api.RequestMethod;
import dev.banyan.api.Var;
import dev.banyan.api.Writes;
import dev.banyan.modules.waf.WafRules.Rule;
import dev.banyan.modules.waf.WafRules.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Web application firewall: rules add up to a score, a tenant's threshold decides. */
@LuaModule("edge.waf")
@Writes(
    ctx = {"waf_rules", "blocked_by"},
    vars = {"waf_score", "edge_action"},
    requestHeaders = {"X-WAF-Score", "X-WAF-Rules"},
    responseHeaders = {"Content-Type", "X-Edge-Reason"})
public final class Waf implements Port {
  private static final Set<String> READS_BODY = Set.of("POST", "PUT", "PATCH");
  private static final List<String> INSPECTED_HEADERS =
      List.of(
          "user-agent", "referer", "cookie", "x-forwarded-host", "x-api-version", "content-type");

  private final List<Rule> rules;
  private final Map<Target, RuleMatcher> matchers = new EnumMap<>(Target.class);

  /** The rules of the legacy. */
  public Waf() {
    this(WafRules.ALL);
  }

  Waf(List<Rule> rules) {
    this.rules = List.copyOf(rules);
    for (Target target : Target.values()) {
      matchers.put(target, RuleMatcher.of(target, this.rules));
    }
  }

  /** A tenant's settings, as its record in {@code ngx.ctx.tenant.waf} has them. */
  public record WafPolicy(@Nullable String mode, @Nullable Double threshold) {}

  /** What a call reads. */
  public record Input(
      @RequestMethod String method,
      @Path String uri,
      @RawTarget String requestUri,
      @QueryArgs(max = 100) Arguments args,
      @AllHeaders(max = 100) Headers headers,
      @Body(max = 65536) byte @Nullable [] body,
      @Var("request_uid") @Nullable String requestUid,
      @Ctx("tenant.waf") WafPolicy policy) {}

  /** Replaces {@code waf.access()}. */
  @Handler(value = "access", phase = Phase.ACCESS)
  public Decision access(Input in) {
    if ("off".equals(in.policy().mode())) {
      return Decision.next();
    }
    Double threshold = in.policy().threshold();
    if (threshold == null) {
      return Decision.decline("the tenant has no threshold"); // Lua says so in the error log
    }
    BitSet matches = new BitSet(rules.size());
    matchers.forEach((target, matcher) -> matcher.match(collect(target, in), matches));
    int total = 0;
    StringBuilder matched = new StringBuilder();
    for (int i = matches.nextSetBit(0); i >= 0; i = matches.nextSetBit(i + 1)) {
      Rule rule = rules.get(i);
      total += rule.score();
      matched.append(matched.isEmpty() ? "" : ",").append(rule.id());
    }
    return decide(in, total, threshold, matched.toString());
  }

  private static Decision decide(Input in, int total, double threshold, String ids) {
    String score = Integer.toString(total);
    Decision scored =
        Decision.next()
            .setVar("waf_score", score)
            .setCtx("waf_rules", ids)
            .setRequestHeader("X-WAF-Score", score);
    if (total < threshold) {
      return scored;
    }
    if ("monitor".equals(in.policy().mode())) {
      return scored.setRequestHeader("X-WAF-Rules", ids);
    }
    String page =
        "<html><head><title>Request blocked</title></head><body><h1>Request blocked</h1>"
            + "<p>Reference: "
            + (in.requestUid() == null ? "nil" : in.requestUid())
            + " ("
            + total
            + ": "
            + ids
            + ")</p></body></html>\n";
    return scored
        .setCtx("blocked_by", "waf")
        .setVar("edge_action", "deny")
        .setResponseHeader("Content-Type", "text/html; charset=utf-8")
        .setResponseHeader("X-Edge-Reason", "waf")
        .responding(403, page);
  }

  private static List<String> collect(Target target, Input in) {
    return switch (target) {
      case URI -> List.of(in.uri(), in.requestUri());
      case ARGS -> arguments(in.args());
      case HEADERS -> headers(in.headers());
      case BODY -> body(in);
    };
  }

  private static List<String> arguments(Arguments args) {
    List<String> texts = new ArrayList<>();
    for (Arguments.Entry entry : args.entries()) {
      texts.add(entry.name());
      if (entry.value() != null) {
        texts.add(entry.value());
      }
    }
    return texts;
  }

  private static List<String> headers(Headers headers) {
    List<String> texts = new ArrayList<>();
    for (String name : INSPECTED_HEADERS) {
      List<String> values = headers.all(name);
      if (!values.isEmpty()) {
        texts.add(values.size() == 1 ? values.getFirst() : String.join(", ", values));
      }
    }
    return texts;
  }

  private static List<String> body(Input in) {
    byte[] body = in.body();
    return body == null || !READS_BODY.contains(in.method())
        ? List.of()
        : List.of(new String(body, StandardCharsets.ISO_8859_1));
  }
}
