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
import dev.banyan.modules.edge.Recurring;
import dev.banyan.modules.waf.WafRules.Rule;
import dev.banyan.modules.waf.WafRules.Target;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
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
  private static final String AGENT = "user-agent";
  private static final List<String> INSPECTED_HEADERS =
      List.of("referer", "cookie", "x-forwarded-host", "x-api-version", "content-type");

  /** What most requests get. */
  private static final Decision CLEAN = scored("0", "");

  /** Never changed. */
  private static final BitSet NONE = new BitSet();

  private final List<Rule> rules;
  private final RuleMatcher uri;
  private final RuleMatcher arguments;
  private final RuleMatcher headers;
  private final RuleMatcher body;
  private final Recurring<BitSet> agents = new Recurring<>(this::inHeader);

  /** The rules of the legacy. */
  public Waf() {
    this(WafRules.ALL);
  }

  Waf(List<Rule> rules) {
    this.rules = List.copyOf(rules);
    uri = RuleMatcher.of(Target.URI, this.rules);
    arguments = RuleMatcher.of(Target.ARGS, this.rules);
    headers = RuleMatcher.of(Target.HEADERS, this.rules);
    body = RuleMatcher.of(Target.BODY, this.rules);
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
    BitSet matches = matches(in);
    if (matches == null) {
      return 0 < threshold ? CLEAN : decide(in, 0, threshold, "");
    }
    int total = 0;
    StringBuilder matched = new StringBuilder();
    for (int i = matches.nextSetBit(0); i >= 0; i = matches.nextSetBit(i + 1)) {
      Rule rule = rules.get(i);
      total += rule.score();
      matched.append(matched.isEmpty() ? "" : ",").append(rule.id());
    }
    return decide(in, total, threshold, matched.toString());
  }

  private static Decision scored(String score, String ids) {
    return Decision.next()
        .setVar("waf_score", score)
        .setCtx("waf_rules", ids)
        .setRequestHeader("X-WAF-Score", score);
  }

  private static Decision decide(Input in, int total, double threshold, String ids) {
    Decision scored = scored(Integer.toString(total), ids);
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

  /** The rules that match, or null when there are none. */
  private @Nullable BitSet matches(Input in) {
    BitSet matches = uri.match(in.uri(), null);
    if (!in.requestUri().equals(in.uri())) {
      matches = uri.match(in.requestUri(), matches);
    }
    List<Arguments.Entry> entries = in.args().entries();
    for (int i = 0; i < entries.size(); i++) {
      Arguments.Entry entry = entries.get(i);
      matches = arguments.match(entry.name(), matches);
      if (entry.value() != null) {
        matches = arguments.match(entry.value(), matches);
      }
    }
    String agent = in.headers().joined(AGENT);
    if (agent != null) {
      matches = both(matches, agents.of(agent));
    }
    for (int i = 0; i < INSPECTED_HEADERS.size(); i++) {
      String value = in.headers().joined(INSPECTED_HEADERS.get(i));
      if (value != null) {
        matches = headers.match(value, matches);
      }
    }
    byte[] octets = in.body();
    if (octets != null && READS_BODY.contains(in.method())) {
      matches = body.match(new String(octets, StandardCharsets.ISO_8859_1), matches);
    }
    return matches;
  }

  private static @Nullable BitSet both(@Nullable BitSet matches, BitSet more) {
    if (more.isEmpty()) {
      return matches;
    }
    BitSet both = matches == null ? new BitSet() : matches;
    both.or(more);
    return both;
  }

  private BitSet inHeader(String value) {
    BitSet matches = headers.match(value, null);
    return matches == null ? NONE : matches;
  }
}
