package dev.banyan.lua.seam;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.api.Line;
import dev.banyan.lua.ngx.DirectWorld;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.NgxMachine;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.World;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies a decision whole or not at all. Making it ready checks every effect and makes every
 * value; after that nothing in it can fail, and from its application there is no way back to Lua.
 *
 * <p>Each effect does what the legacy's own call would: the order of fields on the wire is the
 * same.
 */
final class EffectApplier {
  private static final int DEBUG = 8;

  private EffectApplier() {}

  /**
   * Prepares a decision: answers the values of those effects that put one into {@code ngx.ctx}, by
   * the effects' positions, or null when there are none. The legacy's own objects are looked up
   * here.
   *
   * @throws Unappliable when it can't be applied as a whole; nothing has happened
   */
  static @Nullable Object @Nullable [] ready(Decision decision, SeamCall call, Caller<?> caller)
      throws Unappliable {
    EffectChecks.check(decision, call.request());
    int count = decision.effectCount();
    @Nullable Object[] ready = null;
    for (int i = 0; i < count; i++) {
      if (decision.effect(i) instanceof Effect.Context context) {
        ready = ready == null ? new @Nullable Object[count] : ready;
        ready[i] = caller.ready(context.value());
      }
    }
    return ready;
  }

  /**
   * Applies the effects; how the handler ends then, or null when the function returns.
   *
   * @param ready what was made ready for this decision
   */
  static @Nullable Outcome apply(
      SeamReply.Decide answer,
      SeamCall call,
      World world,
      Caller<?> caller,
      @Nullable Object @Nullable [] ready) {
    Decision decision = answer.decision();
    RequestHost request = call.request();
    for (int i = 0; i < decision.effectCount(); i++) {
      switch (decision.effect(i)) {
        case Effect.Context context ->
            caller.put(
                context.key(),
                Objects.requireNonNull(Objects.requireNonNull(ready)[i], "made ready"));
        case Effect.Later timer -> later(timer, answer, call, world);
        case Effect effect -> apply(effect, request, world);
      }
    }
    return switch (decision.verdict()) {
      case Decision.Verdict.Next _, Decision.Verdict.Decline _ -> null;
      case Decision.Verdict.Respond(int status, String body) -> {
        respond(request, status, body);
        yield new Outcome.Exit(status);
      }
      case Decision.Verdict.Redirect(String location, int status) -> {
        request.responseHeaders().add("Location", location);
        request.status(status);
        yield new Outcome.Redirect(status, location);
      }
      case Decision.Verdict.InternalRedirect(String uri, String args) ->
          new Outcome.Exec(uri, args == null ? "" : args);
    };
  }

  private static void respond(RequestHost request, int status, @Nullable String body) {
    if (body != null) {
      request.status(status);
      try {
        request.print(body.getBytes(StandardCharsets.ISO_8859_1));
      } catch (NgxFailure e) {
        // What ngx.say returns to Lua, which then exits all the same: an answer to HEAD has no
        // body.
        request.log(DEBUG, "the body of a port's answer was not sent: " + e.getMessage());
      }
    }
  }

  private static void apply(Effect effect, RequestHost request, World world) {
    switch (effect) {
      case Effect.RequestHeader(String name, String value) ->
          RequestContext.requestHeader(request, name, value);
      case Effect.ResponseHeader(String name, String value) ->
          world.responseHeader(name, value == null ? List.of() : List.of(value));
      case Effect.ResponseHeaders(String name, List<String> values) ->
          world.responseHeader(name, values);
      case Effect.Status(int status) -> request.status(status);
      case Effect.Piece(byte[] bytes) -> request.filterChunk(bytes);
      case Effect.Peer(String host, int port) -> world.choosePeer(host, port);
      case Effect.MoreTries(int count) -> world.allowMoreTries(count);
      case Effect.Append(String file, Line line) -> request.worker().files().append(file, line);
      case Effect.Variable(String name, String value) -> request.setVariable(name, value);
      case Effect.Uri(String uri) -> request.uri(uri);
      case Effect.Arguments(String raw) -> RequestContext.arguments(request, raw);
      case Effect.Log(int level, String message) -> request.log(level, message);
      case Effect.Context _, Effect.Later _ -> {
        // those need more than the request
      }
    }
  }

  private static void later(
      Effect.Later timer, SeamReply.Decide answer, SeamCall call, World world) {
    SeamReply.Later run = answer.later(timer);
    ModuleCall target = new ModuleCall(call.module(), timer.timer());
    Function<RequestHost, DirectWorld> worlds = world.later();
    world.timer(
        timer.delay(),
        (premature, fake) -> {
          try {
            run.run(new DirectCall(target, fake, worlds.apply(fake)), premature);
          } finally {
            NgxMachine.requestEnded(fake);
          }
        });
  }
}
