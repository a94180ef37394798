package dev.banyan.lua.seam;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.api.Headers;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.NgxSignal;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Varargs;

/**
 * Applies a decision that was validated whole: from here on there is no way back to Lua.
 *
 * <p>Each effect does what the legacy's own call would: the order of fields on the wire is the
 * same.
 */
final class EffectApplier {
  private static final int ERR = 4;
  private static final int BAD_GATEWAY = 502;

  private EffectApplier() {}

  /** Applies the effects, then returns the results or ends the handler. */
  static Varargs apply(
      Decision decision, RequestHost request, World world, JavaValues.Legacies legacies) {
    for (Effect effect : decision.effects()) {
      apply(effect, request, world, legacies);
    }
    return switch (decision.verdict()) {
      case Decision.Verdict.Next _, Decision.Verdict.Decline _ ->
          JavaValues.toLua(decision.results(), legacies);
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

  private static void apply(
      Effect effect, RequestHost request, World world, JavaValues.Legacies legacies) {
    switch (effect) {
      case Effect.RequestHeader(String name, String value) ->
          set(request.requestHeaders(), name, value);
      case Effect.ResponseHeader(String name, String value) ->
          world.responseHeader(name, value == null ? List.of() : List.of(value));
      case Effect.ResponseHeaders(String name, List<String> values) ->
          world.responseHeader(name, values);
      case Effect.Status(int status) -> request.status(status);
      case Effect.Piece(byte[] bytes) -> request.filterChunk(bytes);
      case Effect.Peer(String host, int port) -> choose(request, world, host, port);
      case Effect.MoreTries(int count) -> world.allowMoreTries(count);
      case Effect.Append(String file, String text) -> append(request, file, text);
      case Effect.Variable(String name, String value) -> request.setVariable(name, value);
      case Effect.Context(String key, Object value) ->
          RequestContext.set(request, key, JavaValues.toLua(value, legacies));
      case Effect.Uri(String uri) -> request.uri(uri);
      case Effect.Arguments(String raw) -> request.args(raw);
      case Effect.Log(int level, String message) -> request.log(level, message);
    }
  }

  private static void choose(RequestHost request, World world, String host, int port) {
    try {
      world.choosePeer(host, port);
    } catch (NgxFailure e) {
      request.log(ERR, "set_current_peer: " + e.getMessage());
      throw new NgxSignal(new Outcome.Exit(BAD_GATEWAY));
    }
  }

  private static void append(RequestHost request, String file, String text) {
    try {
      Files.write(
          Path.of(request.worker().prefix(), file),
          text.getBytes(StandardCharsets.ISO_8859_1),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      request.log(ERR, "a line for " + file + " was not written: " + e.getMessage());
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
