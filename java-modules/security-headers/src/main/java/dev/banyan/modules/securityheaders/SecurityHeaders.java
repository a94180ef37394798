package dev.banyan.modules.securityheaders;

import dev.banyan.api.Ctx;
import dev.banyan.api.Decision;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.ResponseHeader;
import dev.banyan.api.ResponseStatus;
import dev.banyan.api.View;
import dev.banyan.api.Writes;
import dev.banyan.modules.edge.TenantFeatures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Headers that browsers want, by tenant; an origin that knows better keeps its own. */
@LuaModule("edge.security_headers")
@Writes(
    responseHeaders = {
      "X-Content-Type-Options",
      "X-Frame-Options",
      "Referrer-Policy",
      "Strict-Transport-Security",
      "Content-Security-Policy",
      "Cache-Control"
    })
public final class SecurityHeaders implements Port {
  private static final List<String> DIRECTIVES =
      List.of("default-src", "script-src", "style-src", "img-src", "frame-ancestors");
  private static final int FIRST_ERROR = 400;
  private static final int USUAL_CSP = 128;
  private static final String SAME_ORIGIN = "SAMEORIGIN";
  private static final String REFERRER_POLICY = "strict-origin-when-cross-origin";

  /** What most answers begin with: their origin and their tenant say nothing. */
  private static final Decision USUAL =
      Decision.next()
          .setResponseHeader("X-Content-Type-Options", "nosniff")
          .setResponseHeader("X-Frame-Options", SAME_ORIGIN)
          .setResponseHeader("Referrer-Policy", REFERRER_POLICY);

  /** One for each thread, of the JDK's own so that no thread keeps a former port alive. */
  private final ThreadLocal<StringBuilder> rooms =
      ThreadLocal.withInitial(() -> new StringBuilder(USUAL_CSP));

  /** What a call reads. */
  public record Input(
      @ResponseStatus int status,
      @ResponseHeader("X-Content-Type-Options") @Nullable String contentTypeOptions,
      @ResponseHeader("X-Frame-Options") @Nullable String frameOptions,
      @ResponseHeader("Referrer-Policy") @Nullable String referrerPolicy,
      @ResponseHeader("Strict-Transport-Security") @Nullable String transportSecurity,
      @ResponseHeader("Content-Security-Policy") @Nullable String contentSecurityPolicy,
      @Ctx("tenant") @Nullable View tenant) {}

  /** Replaces {@code security_headers.header_filter()}. */
  @Handler(value = "header_filter", phase = Phase.HEADER_FILTER)
  public Decision headerFilter(Input in) {
    View tenant = in.tenant();
    if (tenant == null) {
      return Decision.next();
    }
    Decision decision =
        in.contentTypeOptions() == null
                && in.referrerPolicy() == null
                && in.frameOptions() == null
                && !tenant.truthy("frame_options")
            ? USUAL
            : first(in, tenant);
    if (TenantFeatures.has(tenant, "force_https")) {
      decision =
          unless(
              in.transportSecurity(),
              decision,
              "Strict-Transport-Security",
              "max-age=31536000; includeSubDomains");
    }
    View policy = tenant.view("csp");
    if (policy != null) {
      decision =
          unless(in.contentSecurityPolicy(), decision, "Content-Security-Policy", csp(policy));
    }
    return in.status() >= FIRST_ERROR
        ? decision.setResponseHeader("Cache-Control", "no-store")
        : decision;
  }

  private static Decision first(Input in, View tenant) {
    String options = tenant.truthy("frame_options") ? tenant.string("frame_options") : SAME_ORIGIN;
    Decision decision =
        unless(in.contentTypeOptions(), Decision.next(), "X-Content-Type-Options", "nosniff");
    decision = unless(in.frameOptions(), decision, "X-Frame-Options", options);
    return unless(in.referrerPolicy(), decision, "Referrer-Policy", REFERRER_POLICY);
  }

  private static Decision unless(
      @Nullable String present, Decision decision, String name, @Nullable String value) {
    return present == null ? decision.setResponseHeader(name, value) : decision;
  }

  /** {@code script-src 'self' cdn; …}, always in the same order. */
  private String csp(View policy) {
    StringBuilder csp = rooms.get();
    csp.setLength(0);
    for (int d = 0; d < DIRECTIVES.size(); d++) {
      String name = DIRECTIVES.get(d);
      View sources = policy.view(name);
      if (sources == null) {
        continue;
      }
      csp.append(csp.isEmpty() ? "" : "; ").append(name);
      int length = sources.length();
      for (int i = 1; i <= length; i++) {
        csp.append(' ').append(sources.at(i));
      }
      csp.append(length == 0 ? " " : "");
    }
    return csp.toString();
  }
}
