package dev.banyan.modules.transform;

import dev.banyan.api.Ctx;
import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Path;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.ResponseHeader;
import dev.banyan.api.Var;
import dev.banyan.api.View;
import dev.banyan.api.Writes;
import dev.banyan.modules.edge.ClientAddress;
import dev.banyan.modules.edge.CommonRegex;
import dev.banyan.modules.edge.Recurring;
import dev.banyan.modules.edge.TenantFeatures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** URL and header transforms, on the way in and on the way out. */
@LuaModule("edge.transform")
@Writes(ctx = "client_ip", requestHeaders = "*", responseHeaders = "*", uri = true)
public final class Transform implements Port {
  private static final String OWN_PAGES = "/edge/";

  /** No client may say these. */
  private static final Decision WITHOUT_RESERVED =
      Decision.next()
          .setRequestHeader("X-Edge-Tenant", null)
          .setRequestHeader("X-Edge-Tier", null)
          .setRequestHeader("X-Internal-Debug", null)
          .setRequestHeader("X-Real-Ip", null);

  /** No client needs to know these. */
  private static final Decision WITHOUT_LEAKED =
      Decision.next()
          .setResponseHeader("X-Powered-By", (String) null)
          .setResponseHeader("X-AspNet-Version", (String) null)
          .setResponseHeader("X-Runtime", (String) null)
          .setResponseHeader("X-Backend-Server", (String) null);

  private static final List<CommonRegex.Substitution> PATH_RULES =
      List.of(
          CommonRegex.of("^/v1/(.*)$", "/api/1/$1"),
          CommonRegex.of("^/v2/(.*)$", "/api/2/$1"),
          CommonRegex.of("^/assets/[0-9a-f]{8}/(.*)$", "/assets/$1"),
          CommonRegex.of("^/~([a-z][a-z0-9]*)/?(.*)$", "/users/$1/$2"));

  /** What each tenant's requests tell the origins of it. */
  private static final Recurring<Effect> TENANTS =
      new Recurring<>(id -> new Effect.RequestHeader("X-Edge-Tenant", id));

  private static final Recurring<Effect> TIERS =
      new Recurring<>(tier -> new Effect.RequestHeader("X-Edge-Tier", tier));

  private static final Effect NO_TENANT = new Effect.RequestHeader("X-Edge-Tenant", null);
  private static final Effect NO_TIER = new Effect.RequestHeader("X-Edge-Tier", null);

  private final CommonRegex regexes = new CommonRegex();

  /** What the way in reads. */
  public record Request(
      @Path String uri,
      @Var("args") @Nullable String args,
      @Var("request_uid") @Nullable String requestUid,
      @Ctx("client_ip") @Nullable String knownClient,
      @Var("http_x_forwarded_for") @Nullable String forwardedFor,
      @Var("remote_addr") @Nullable String peer,
      @Ctx("tenant") @Nullable View tenant) {}

  /** What the way out reads. */
  public record Response(
      @ResponseHeader("Location") @Nullable String location,
      @ResponseHeader("Set-Cookie") List<String> cookies,
      @Var("host") @Nullable String host,
      @Var("request_uid") @Nullable String requestUid,
      @Ctx("tenant") @Nullable View tenant) {}

  /** Replaces {@code transform.rewrite()}. */
  @Handler(value = "rewrite", phase = Phase.REWRITE)
  public Decision rewrite(Request in) {
    if (in.uri().startsWith(OWN_PAGES)) {
      return Decision.next();
    }
    View tenant = in.tenant();
    String client = ClientAddress.of(in.knownClient(), in.forwardedFor(), in.peer());
    if (tenant == null || client == null) {
      return Decision.decline("no tenant or no address");
    }
    Decision decision = WITHOUT_RESERVED;
    String path = path(tenant.view("path_rules"), in.uri());
    if (path != null) {
      decision = decision.setUri(path);
    }
    String args = in.args() == null ? null : stripTracking(in.args());
    if (args != null) {
      decision = decision.setArgs(args);
    }
    decision =
        decision.and(
            known(TENANTS, tenant.string("id"), NO_TENANT),
            known(TIERS, tenant.string("tier"), NO_TIER),
            new Effect.RequestHeader("X-Request-Id", in.requestUid()),
            new Effect.Context("client_ip", client),
            new Effect.RequestHeader("X-Real-Ip", client));
    View extra = tenant.view("request_headers");
    if (extra != null) {
      List<String> names = extra.keys();
      if (names.size() > 1) {
        names = new ArrayList<>(names);
        Collections.sort(names);
      }
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        // as in nginx, a header that is set to nothing is removed
        String value = text(extra, name);
        decision = decision.setRequestHeader(name, "".equals(value) ? null : value);
      }
    }
    return decision;
  }

  /** Replaces {@code transform.header_filter()}. */
  @Handler(value = "header_filter", phase = Phase.HEADER_FILTER)
  public Decision headerFilter(Response in) {
    View tenant = in.tenant();
    if (tenant == null) {
      return Decision.next();
    }
    Decision decision = WITHOUT_LEAKED;
    if (in.location() != null) {
      String scheme = TenantFeatures.has(tenant, "force_https") ? "https://" : "http://";
      String fixed = Fixes.location(in.location(), scheme, in.host());
      decision = fixed == null ? decision : decision.setResponseHeader("location", fixed);
    }
    if (!in.cookies().isEmpty() && TenantFeatures.has(tenant, "secure_cookies")) {
      decision = decision.setResponseHeader("set-cookie", Fixes.cookies(in.cookies()));
    }
    decision = decision.setResponseHeader("X-Request-Id", in.requestUid());
    View extra = tenant.view("response_headers");
    if (extra != null) {
      List<String> names = extra.keys();
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        decision = decision.setResponseHeader(name.replace('_', '-'), text(extra, name));
      }
    }
    return decision;
  }

  private static Effect known(Recurring<Effect> effects, @Nullable String text, Effect without) {
    return text == null ? without : effects.of(text);
  }

  /** Replaces {@code transform.strip_tracking(args)}. */
  @Function("strip_tracking")
  public @Nullable String stripTracking(String args) {
    return Fixes.stripTracking(args);
  }

  private @Nullable String path(@Nullable View rules, String uri) {
    if (rules == null) {
      for (CommonRegex.Substitution rule : PATH_RULES) {
        String path = rule.in(uri);
        if (path != null) {
          return path;
        }
      }
      return null;
    }
    for (int i = 1; i <= rules.length(); i++) {
      if (rules.at(i) instanceof View rule
          && rule.at(1) instanceof String pattern
          && rule.at(2) instanceof String replacement) {
        String path = regexes.substitute(uri, pattern, replacement);
        if (path != null) {
          return path;
        }
      }
    }
    return null;
  }

  private static String text(View headers, String name) {
    if (headers.get(name) instanceof String value) {
      return value;
    }
    throw new IllegalArgumentException("header " + name + " has no text");
  }
}
