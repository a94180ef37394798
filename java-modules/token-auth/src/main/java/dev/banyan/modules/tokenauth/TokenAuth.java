package dev.banyan.modules.tokenauth;

import dev.banyan.api.Cookie;
import dev.banyan.api.Ctx;
import dev.banyan.api.Decision;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.Header;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Path;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.Results;
import dev.banyan.api.View;
import dev.banyan.api.Writes;
import dev.banyan.modules.edge.LuaText;
import dev.banyan.modules.edge.Recurring;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Signed tokens: who the caller is, and whether a path's scope lets it in. */
@LuaModule("edge.token_auth")
@Writes(
    ctx = {"blocked_by", "auth_error", "user"},
    vars = {"edge_action", "auth_user"},
    requestHeaders = {"X-User", "X-Scopes"},
    responseHeaders = {"Content-Type", "WWW-Authenticate"})
public final class TokenAuth implements Port {
  private static final String BEARER = "bearer ";

  private static final Decision ANONYMOUS =
      Decision.next().setRequestHeader("X-User", null).setRequestHeader("X-Scopes", null);

  /** For who isn't known, by the reason: there are a few. */
  private static final Recurring<Decision> UNKNOWN = new Recurring<>(reason -> refuse(401, reason));

  /** A tenant's settings, as {@code ngx.ctx.tenant.auth} has them. */
  public record TokenPolicy(
      @Nullable String mode, @Nullable String secret, @Nullable View scopes) {}

  /** What a call reads. */
  public record Input(
      @Header("Authorization") @Nullable String authorization,
      @Cookie("edge_token") @Nullable String cookie,
      @Path String uri,
      @Ctx("tenant.auth") TokenPolicy policy) {}

  /** Replaces {@code token_auth.access()}. */
  @Handler(value = "access", phase = Phase.ACCESS)
  public Decision access(Input in, Clock clock) {
    TokenPolicy policy = in.policy();
    if ("none".equals(policy.mode())) {
      return ANONYMOUS;
    }
    String token = token(in);
    if (token == null) {
      return "optional".equals(policy.mode()) ? ANONYMOUS : UNKNOWN.of("missing token");
    }
    String secret = policy.secret();
    if (secret == null) {
      return Decision.decline("tenant without a secret");
    }
    Token.Claims claims = Token.verify(token, secret, (double) clock.instant().getEpochSecond());
    if (claims.error() != null) {
      return UNKNOWN.of(claims.error());
    }
    String wanted = wantedScope(policy.scopes(), in.uri());
    if (wanted != null && !("+" + claims.scopes() + "+").contains("+" + wanted + "+")) {
      return refuse(403, "scope " + wanted + " is missing");
    }
    String user = LuaText.escapeUri(claims.user());
    // as in nginx, a header that is set to nothing is removed
    return ANONYMOUS
        .setCtx("user", claims.user())
        .setVar("auth_user", user)
        .setRequestHeader("X-User", user)
        .setRequestHeader("X-Scopes", claims.scopes().isEmpty() ? null : claims.scopes());
  }

  /** Replaces {@code token_auth.sign(user, expires, scopes, secret)}. */
  @Function("sign")
  public String sign(String user, Object expires, String scopes, String secret) {
    return Token.sign(user, Token.luaText(expires), scopes, secret);
  }

  /** Replaces {@code token_auth.verify(token, secret, now)}. */
  @Function("verify")
  public Results verify(String token, String secret, double now) {
    Token.Claims claims = Token.verify(token, secret, now);
    return claims.error() != null
        ? Results.failure(claims.error())
        : Results.of(claims.user(), (double) claims.expires(), claims.scopes());
  }

  private static @Nullable String token(Input in) {
    String header = in.authorization();
    if (header == null) {
      return in.cookie();
    }
    String token = bearer(header);
    return token == null ? header : token;
  }

  /**
   * What the legacy's {@code ^bearer +([^ ]+) *$} captures, or null. The end leaves room for one
   * line end, which is the token's own when no space stands before it.
   */
  static @Nullable String bearer(String header) {
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    int start = behindSpaces(header, BEARER.length());
    int space = header.indexOf(' ', start);
    int end = space < 0 ? header.length() : space;
    int rest = behindSpaces(header, end);
    boolean ends =
        rest == header.length() || (rest == header.length() - 1 && header.charAt(rest) == '\n');
    return end > start && ends ? header.substring(start, end) : null;
  }

  private static int behindSpaces(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private static @Nullable String wantedScope(@Nullable View scopes, String uri) {
    if (scopes == null) {
      return null;
    }
    String best = null;
    for (String prefix : scopes.keys()) {
      if (uri.startsWith(prefix) && (best == null || prefix.length() > best.length())) {
        best = prefix;
      }
    }
    return best == null ? null : scopes.string(best);
  }

  private static Decision refuse(int status, String reason) {
    Decision refused =
        ANONYMOUS
            .setCtx("blocked_by", "auth")
            .setCtx("auth_error", reason)
            .setVar("edge_action", "auth")
            .setResponseHeader("Content-Type", "application/json");
    if (status == 401) {
      refused =
          refused.setResponseHeader(
              "WWW-Authenticate", "Bearer realm=\"edge\", error=\"" + reason + "\"");
    }
    return refused.responding(status, "{\"error\":\"" + reason + "\"}\n");
  }
}
