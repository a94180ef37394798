package dev.banyan.lua.seam;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.FieldEffects;
import dev.banyan.lua.ngx.NgxApi;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.RequestHost;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what would make an effect or a verdict fail half-way, before any effect is applied: the
 * phases are those of the function of {@code ngx.*} that does the same.
 */
final class EffectChecks {
  private static final Set<Phase> EXIT = phases("ngx.exit");
  private static final Set<Phase> PRINT = phases("ngx.print");
  private static final Set<Phase> REDIRECT = phases("ngx.redirect");
  private static final Set<Phase> EXEC = phases("ngx.exec");
  private static final Set<Phase> SET_HEADER = phases("ngx.req.set_header");
  private static final Set<Phase> SET_URI = phases("ngx.req.set_uri");
  private static final Set<Phase> SET_ARGS = phases("ngx.req.set_uri_args");
  private static final Set<Phase> RESPONSE = phases("ngx.status");
  private static final Set<Phase> TIMER = phases("ngx.timer.at");
  private static final Set<Phase> VARIABLE = phases("ngx.var");
  private static final Set<Phase> BODY_FILTER = EnumSet.of(Phase.BODY_FILTER);
  private static final Set<Phase> BALANCER = EnumSet.of(Phase.BALANCER);

  private EffectChecks() {}

  static void check(Decision decision, RequestHost request) throws Unappliable {
    for (int i = 0; i < decision.effectCount(); i++) {
      check(decision.effect(i), request);
    }
    check(decision.verdict(), request);
  }

  private static void check(Effect effect, RequestHost request) throws Unappliable {
    switch (effect) {
      case Effect.RequestHeader(String name, String value) -> {
        in(SET_HEADER, request, "a request header is set");
        if (value != null && !FieldEffects.isAccepted(request, name, value)) {
          throw new Unappliable("request header " + name + " doesn't take that value");
        }
      }
      case Effect.ResponseHeader(String name, String value) -> response(request, name, value);
      case Effect.ResponseHeaders(String name, List<String> values) ->
          response(request, name, values.isEmpty() ? null : values.getLast());
      case Effect.Status _ -> in(RESPONSE, request, "the status is set");
      case Effect.Piece _ -> in(BODY_FILTER, request, "a piece is replaced");
      case Effect.Peer(String host, int port) -> peer(request, host, port);
      case Effect.MoreTries _ -> in(BALANCER, request, "more tries are allowed");
      case Effect.Append(String file, _) -> appendable(request, file);
      case Effect.Variable(String name, String _) -> variable(request, name);
      case Effect.Uri _ -> in(SET_URI, request, "the URI is set");
      case Effect.Arguments _ -> in(SET_ARGS, request, "the arguments are set");
      case Effect.Later timer -> {
        in(TIMER, request, "a timer is made");
        String refusal = request.worker().timerRefusal(timer.delay());
        if (refusal != null) {
          throw new Unappliable("timer " + timer.timer() + ": " + refusal);
        }
      }
      case Effect.Context _, Effect.Log _ -> {
        // always possible
      }
    }
  }

  private static void check(Decision.Verdict verdict, RequestHost request) throws Unappliable {
    switch (verdict) {
      case Decision.Verdict.Respond(int _, @Nullable String body) -> {
        in(body == null ? EXIT : PRINT, request, "a request is answered");
      }
      case Decision.Verdict.Redirect _ -> {
        in(REDIRECT, request, "a client is redirected");
        unsent(request);
      }
      case Decision.Verdict.InternalRedirect _ -> {
        in(EXEC, request, "a request goes on elsewhere");
        unsent(request);
      }
      case Decision.Verdict.Next _, Decision.Verdict.Decline _ -> {
        // always possible
      }
    }
  }

  private static void response(RequestHost request, String name, @Nullable String last)
      throws Unappliable {
    in(RESPONSE, request, "a response header is set");
    if (last != null && !FieldEffects.isAccepted(name, last)) {
      throw new Unappliable("response header " + name + " doesn't take that value");
    }
  }

  private static void peer(RequestHost request, String host, int port) throws Unappliable {
    in(BALANCER, request, "a peer is chosen");
    try {
      request.balancer().checkPeer(host, port);
    } catch (NgxFailure e) {
      throw new Unappliable("peer " + host + ":" + port + ": " + e.getMessage());
    }
  }

  private static void variable(RequestHost request, String name) throws Unappliable {
    in(VARIABLE, request, "a variable is set");
    String refusal = request.variableRefusal(name);
    if (refusal != null) {
      throw new Unappliable(refusal);
    }
  }

  private static void appendable(RequestHost request, String file) throws Unappliable {
    if (!request.worker().files().accepts(file)) {
      throw new Unappliable("file " + file + " can't be written");
    }
  }

  private static void unsent(RequestHost request) throws Unappliable {
    if (request.headersSent()) {
      throw new Unappliable("the response's head was sent already");
    }
  }

  private static void in(Set<Phase> allowed, RequestHost request, String what) throws Unappliable {
    if (!allowed.contains(request.phase())) {
      throw new Unappliable(what + " in phase " + request.phase().luaName());
    }
  }

  private static Set<Phase> phases(String function) {
    return EnumSet.copyOf(NgxApi.entry(function).phases());
  }
}
