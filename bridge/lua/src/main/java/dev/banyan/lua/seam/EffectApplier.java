package dev.banyan.lua.seam;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.api.Headers;
import dev.banyan.api.Line;
import dev.banyan.lua.ngx.DirectWorld;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.NgxMachine;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.World;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one call: a decision that is applied whole or not at all. Making it checks every effect
 * and makes every value ready; once made, nothing in it can fail, and from its application there is
 * no way back to Lua.
 *
 * <p>Each effect does what the legacy's own call would: the order of fields on the wire is the
 * same.
 */
final class EffectApplier {
  private static final int DEBUG = 8;

  private final Decision decision;
  private final SeamCall call;
  private final RequestHost request;
  private final World world;
  private final SeamReply.Decide answer;
  private final Caller<?> caller;

  /** The values of the effects that put one into {@code ngx.ctx}, by the effects' positions. */
  private final @Nullable Object @Nullable [] ready;

  private EffectApplier(
      SeamReply.Decide answer,
      SeamCall call,
      World world,
      Caller<?> caller,
      @Nullable Object @Nullable [] ready) {
    this.answer = answer;
    this.decision = answer.decision();
    this.call = call;
    this.request = call.request();
    this.world = world;
    this.caller = caller;
    this.ready = ready;
  }

  /**
   * Prepares a decision; the legacy's own objects are looked up here.
   *
   * @throws Unappliable when it can't be applied as a whole; nothing has happened
   */
  static EffectApplier of(SeamReply.Decide answer, SeamCall call, World world, Caller<?> caller)
      throws Unappliable {
    Decision decision = answer.decision();
    EffectChecks.check(decision, call.request());
    int count = decision.effectCount();
    @Nullable Object[] ready = null;
    for (int i = 0; i < count; i++) {
      if (decision.effect(i) instanceof Effect.Context context) {
        ready = ready == null ? new @Nullable Object[count] : ready;
        ready[i] = caller.ready(context.value());
      }
    }
    return new EffectApplier(answer, call, world, caller, ready);
  }

  /** Applies the effects; how the handler ends then, or null when the function returns. */
  @Nullable Outcome apply() {
    for (int i = 0; i < decision.effectCount(); i++) {
      apply(decision.effect(i), i);
    }
    return switch (decision.verdict()) {
      case Decision.Verdict.Next _, Decision.Verdict.Decline _ -> null;
      case Decision.Verdict.Respond(int status, String body) -> {
        respond(status, body);
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

  private void respond(int status, @Nullable String body) {
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

  private void apply(Effect effect, int position) {
    switch (effect) {
      case Effect.RequestHeader(String name, String value) ->
          set(request.requestHeaders(), name, value);
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
      case Effect.Context context ->
          caller.put(
              context.key(),
              Objects.requireNonNull(Objects.requireNonNull(ready)[position], "made ready"));
      case Effect.Uri(String uri) -> request.uri(uri);
      case Effect.Arguments(String raw) -> request.args(raw);
      case Effect.Log(int level, String message) -> request.log(level, message);
      case Effect.Later timer -> later(timer);
    }
  }

  private void later(Effect.Later timer) {
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

  private static void set(Headers headers, String name, @Nullable String value) {
    if (value == null) {
      headers.remove(name);
    } else {
      headers.setValue(name, value);
    }
  }
}
