package dev.banyan.gateway.seam;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.api.Results;
import dev.banyan.host.CallOutcome;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.seam.Observed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells what a decision would have done to the request, in the terms of an observation. */
final class Projection {
  private Projection() {}

  /** The observation of an outcome on the state before the call; null when there is no answer. */
  static @Nullable Observed of(CallOutcome outcome, Observed before) {
    return switch (outcome) {
      case CallOutcome.Decided(Decision decision) -> decided(decision, before);
      case CallOutcome.Answered(Results results) ->
          new Observed(results.values(), results.error(), null, before.state(), null);
      case CallOutcome.Fallback _ -> null;
    };
  }

  private static Observed decided(Decision decision, Observed before) {
    Map<String, @Nullable Object> state = new TreeMap<>(before.state());
    for (Effect effect : decision.effects()) {
      apply(effect, state);
    }
    String ending = ending(decision.verdict());
    String body =
        decision.verdict() instanceof Decision.Verdict.Respond respond ? respond.body() : null;
    List<@Nullable Object> results = ending == null ? decision.results() : List.of();
    return new Observed(results, null, ending, state, body);
  }

  private static void apply(Effect effect, Map<String, @Nullable Object> state) {
    switch (effect) {
      case Effect.RequestHeader(String name, String value) ->
          state.put("request header " + lower(name), value == null ? null : List.of(value));
      case Effect.ResponseHeader(String name, String value) ->
          state.put("response header " + lower(name), value == null ? null : List.of(value));
      case Effect.Variable(String name, String value) -> state.put("var " + name, value);
      case Effect.Context(String key, Object value) -> state.put("ctx " + key, value);
      case Effect.Uri(String uri) -> state.put("uri", uri);
      case Effect.Arguments(String raw) -> state.put("args", raw);
      case Effect.Log _ -> {
        // log lines are not compared
      }
    }
  }

  private static @Nullable String ending(Decision.Verdict verdict) {
    return switch (verdict) {
      case Decision.Verdict.Next _, Decision.Verdict.Decline _ -> null;
      case Decision.Verdict.Respond(int status, String _) -> new Outcome.Exit(status).toString();
      case Decision.Verdict.Redirect(String location, int status) ->
          new Outcome.Redirect(status, location).toString();
      case Decision.Verdict.InternalRedirect(String uri, String args) ->
          new Outcome.Exec(uri, args == null ? "" : args).toString();
    };
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
