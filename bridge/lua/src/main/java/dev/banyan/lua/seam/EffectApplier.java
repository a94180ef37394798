package dev.banyan.lua.seam;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.api.Headers;
import dev.banyan.lua.ngx.NgxSignal;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Varargs;

/**
 * Applies a decision that was validated whole: from here on there is no way back to Lua.
 *
 * <p>Each effect does what the legacy's own call would: the order of fields on the wire is the
 * same.
 */
final class EffectApplier {
  private EffectApplier() {}

  /** Applies the effects, then returns the results or ends the handler. */
  static Varargs apply(Decision decision, RequestHost request) {
    for (Effect effect : decision.effects()) {
      apply(effect, request);
    }
    return switch (decision.verdict()) {
      case Decision.Verdict.Next _, Decision.Verdict.Decline _ ->
          JavaValues.toLua(decision.results());
      case Decision.Verdict.Respond(int status, String body) -> {
        respond(request, status, body);
        throw new NgxSignal(new Outcome.Exit(status));
      }
      case Decision.Verdict.Redirect(String location, int status) -> {
        request.responseHeaders().set("Location", location);
        throw new NgxSignal(new Outcome.Redirect(status, location));
      }
      case Decision.Verdict.InternalRedirect(String uri, String args) ->
          throw new NgxSignal(new Outcome.Exec(uri, args == null ? "" : args));
    };
  }

  private static void respond(RequestHost request, int status, @Nullable String body) {
    if (body != null) {
      request.status(status);
      request.print(body.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static void apply(Effect effect, RequestHost request) {
    switch (effect) {
      case Effect.RequestHeader(String name, String value) ->
          set(request.requestHeaders(), name, value);
      case Effect.ResponseHeader(String name, String value) -> {
        if (name.equalsIgnoreCase("Content-Type")) {
          request.explicitContentType();
        }
        set(request.responseHeaders(), name, value);
      }
      case Effect.Variable(String name, String value) -> request.setVariable(name, value);
      case Effect.Context(String key, Object value) ->
          RequestContext.set(request, key, JavaValues.toLua(value));
      case Effect.Uri(String uri) -> request.uri(uri);
      case Effect.Arguments(String raw) -> request.args(raw);
      case Effect.Log(int level, String message) -> request.log(level, message);
    }
  }

  private static void set(Headers headers, String name, @Nullable String value) {
    if (value == null) {
      headers.remove(name);
    } else {
      headers.set(name, value);
    }
  }
}
