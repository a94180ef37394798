package dev.banyan.modules.redirects;

import dev.banyan.api.Ctx;
import dev.banyan.api.Decision;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Path;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.RawTarget;
import dev.banyan.api.Results;
import dev.banyan.api.Var;
import dev.banyan.api.View;
import dev.banyan.api.Writes;
import dev.banyan.modules.edge.TenantFeatures;
import org.jspecify.annotations.Nullable;

/** Redirects of a tenant: exact, by prefix, by regex; and the two that everybody gets. */
@LuaModule("edge.redirects")
@Writes(vars = "edge_action")
public final class Redirects implements Port {
  private static final int MOVED = 301;

  private final RedirectRules rules = new RedirectRules();

  /** What a call reads. */
  public record Input(
      @Path String uri,
      @RawTarget String requestUri,
      @Var("args") @Nullable String args,
      @Var("host") @Nullable String host,
      @Var("http_x_forwarded_proto") @Nullable String proto,
      @Ctx("tenant") @Nullable View tenant) {}

  /** Replaces {@code redirects.rewrite()}. */
  @Handler(value = "rewrite", phase = Phase.REWRITE)
  public Decision rewrite(Input in) {
    View tenant = in.tenant();
    String host = in.host();
    if (tenant == null || host == null) {
      return Decision.decline("no tenant or no host");
    }
    if (TenantFeatures.has(tenant, "force_https") && "http".equals(in.proto())) {
      return Decision.redirect("https://" + host + in.requestUri(), MOVED);
    }
    RedirectRules.Hit hit = rules.find(tenant, in.uri());
    if (hit != null) {
      return Decision.next()
          .setVar("edge_action", "redirect")
          .redirecting(withArgs(hit.target(), in.args()), hit.status());
    }
    if (TenantFeatures.has(tenant, "no_double_slash")) {
      String clean = withoutDoubleSlash(in.requestUri());
      if (clean != null) {
        return Decision.next().setVar("edge_action", "redirect").redirecting(clean, MOVED);
      }
    }
    return Decision.next();
  }

  /** Replaces {@code redirects.find(tenant, uri)}. */
  @Function("find")
  public Results find(View tenant, String uri) {
    RedirectRules.Hit hit = rules.find(tenant, uri);
    return hit == null
        ? Results.of((Object) null)
        : Results.of(hit.target(), (double) hit.status());
  }

  /** Replaces {@code redirects.explain(tenant)}. */
  @Function("explain")
  public String explain(View tenant) {
    return RedirectRules.explain(tenant);
  }

  private static String withArgs(String target, @Nullable String args) {
    if (args == null || args.isEmpty()) {
      return target;
    }
    return target + (target.indexOf('?') >= 0 ? '&' : '?') + args;
  }

  /** The target with its first run of slashes made one; null when the path has none. */
  private static @Nullable String withoutDoubleSlash(String target) {
    int at = target.indexOf("//");
    int mark = target.indexOf('?');
    if (at < 0 || (mark >= 0 && mark < at)) {
      return null;
    }
    int end = at;
    while (end < target.length() && target.charAt(end) == '/') {
      end++;
    }
    return target.substring(0, at) + "/" + target.substring(end);
  }
}
