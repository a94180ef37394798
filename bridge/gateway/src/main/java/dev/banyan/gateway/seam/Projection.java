package dev.banyan.gateway.seam;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.api.Results;
import dev.banyan.host.CallOutcome;
import dev.banyan.lua.ngx.DueTimers;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.seam.Observed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells what a decision would have done to the request, in the terms of an observation. */
final class Projection {
  private Projection() {}

  /** Where the journal's verdict stands in an observation; a control never has it. */
  private static final String WORLD = "world";

  /** The observation of a candidate that asked or did otherwise than its control. */
  static Observed strayed(String complaint, Observed before) {
    Map<String, @Nullable Object> state = new TreeMap<>(before.state());
    state.put(WORLD, complaint);
    return new Observed(List.of(), null, null, state, null);
  }

  /** The observation of an outcome on the state before the call; null when there is no answer. */
  static @Nullable Observed of(CallOutcome outcome, Observed before, Observed control) {
    return switch (outcome) {
      case CallOutcome.Decided(Decision decision) -> decided(decision, before, control);
      case CallOutcome.Answered answered -> answered(answered.results(), before, control);
      case CallOutcome.Fallback _ -> null;
    };
  }

  private static Observed answered(Results results, Observed before, Observed control) {
    return new Observed(
        StandIns.list(results.values(), control.results()),
        results.error(),
        null,
        before.state(),
        null);
  }

  private static Observed decided(Decision decision, Observed before, Observed control) {
    Map<String, @Nullable Object> state = new TreeMap<>(before.state());
    for (Effect effect : decision.effects()) {
      apply(effect, state, control);
    }
    String ending = ending(decision.verdict());
    String body =
        decision.verdict() instanceof Decision.Verdict.Respond respond ? respond.body() : null;
    List<@Nullable Object> results =
        ending == null ? StandIns.list(decision.results(), control.results()) : List.of();
    return new Observed(results, null, ending, state, body);
  }

  private static void apply(Effect effect, Map<String, @Nullable Object> state, Observed control) {
    switch (effect) {
      case Effect.RequestHeader(String name, String value) ->
          state.put("request header " + lower(name), value == null ? null : List.of(value));
      case Effect.ResponseHeader(String name, String value) ->
          state.put("response header " + lower(name), value == null ? null : List.of(value));
      case Effect.Variable(String name, String value) -> state.put("var " + name, value);
      case Effect.ResponseHeaders(String name, List<String> values) ->
          state.put("response header " + lower(name), values.isEmpty() ? null : values);
      case Effect.Status(int status) -> state.put("status", (double) status);
      case Effect.Piece(byte[] bytes) ->
          state.put("chunk", new String(bytes, StandardCharsets.ISO_8859_1));
      case Effect.Peer(String host, int port) -> state.put("peer", host + ":" + port);
      case Effect.MoreTries(int count) -> state.put("more tries", Integer.toString(count));
      case Effect.Append _ -> {
        // lines of files are not compared
      }
      case Effect.Later later -> DueTimers.add(state, DueTimers.seconds(later.delay()));
      case Effect.Context(String key, Object value) ->
          state.put("ctx " + key, StandIns.resolve(value, control.state().get("ctx " + key)));
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
