package dev.banyan.gateway.seam;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.api.Results;
import dev.banyan.host.CallOutcome;
import dev.banyan.host.LoggedLines;
import dev.banyan.lua.ngx.DueTimers;
import dev.banyan.lua.ngx.FieldEffects;
import dev.banyan.lua.ngx.FieldSpelling;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.seam.Observed;
import dev.banyan.lua.seam.Places;
import dev.banyan.lua.seam.Plain;
import dev.banyan.lua.seam.Watched;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Tells what a decision would have done to the request, in the terms of an observation. */
final class Projection {
  private Projection() {}

  /** Where the journal's verdict stands in an observation; a control never has it. */
  private static final String WORLD = "world";

  private static final String STATUS = "status";

  private static final PlaceNames.Header TYPE = PlaceNames.response("Content-Type");

  private static final PlaceNames.Header LOCATION = PlaceNames.response("Location");

  /** The observation of a candidate that asked or did otherwise than its control. */
  static Observed strayed(String complaint, Observed before) {
    Places state = Places.copy(before.state());
    state.put(WORLD, complaint);
    return new Observed(List.of(), null, null, state, null);
  }

  /**
   * The observation of an outcome on the state before the call; null when there is no answer.
   *
   * @param lines what the candidate has written to the error log
   * @param defaultType the Content-Type of an answer that says none; empty for none
   */
  static @Nullable Observed of(
      CallOutcome outcome,
      Observed before,
      Observed control,
      LoggedLines lines,
      String defaultType) {
    Places state = Places.copy(before.state());
    return switch (outcome) {
      case CallOutcome.Decided(Decision decision) -> {
        if (!defaultType.isEmpty()) {
          type(decision, defaultType, state, control);
        }
        yield decided(decision, state, control, lines);
      }
      case CallOutcome.Answered answered -> {
        Results results = answered.results();
        logged(lines, state);
        yield new Observed(
            StandIns.list(results.values(), control.results()), results.error(), null, state, null);
      }
      case CallOutcome.Fallback _ -> null;
    };
  }

  /** An answer with a body gets the default type, unless it sets or clears its own. */
  private static void type(Decision decision, String defaultType, Places state, Observed control) {
    boolean answers =
        decision.verdict() instanceof Decision.Verdict.Respond respond && respond.body() != null;
    boolean watched = state.containsKey(TYPE.field()) || control.state().containsKey(TYPE.field());
    if (answers && watched && state.get(TYPE.field()) == null) {
      state.put(TYPE.field(), List.of(defaultType)); // effects come after it, and replace it
    }
  }

  private static void logged(LoggedLines lines, Map<String, @Nullable Object> state) {
    if (lines.compared()) {
      state.put(Watched.LOG, lines.all().isEmpty() ? null : List.copyOf(lines.all()));
    }
  }

  private static Observed decided(
      Decision decision, Places state, Observed control, LoggedLines lines) {
    for (int i = 0; i < decision.effectCount(); i++) {
      Effect effect = decision.effect(i);
      if (effect instanceof Effect.Log(int level, String message)) {
        lines.add(level, message);
      } else {
        apply(effect, state, control);
      }
    }
    end(decision.verdict(), state, control);
    logged(lines, state);
    spellOnBothSides(state, control.state());
    String ending = ending(decision.verdict());
    String body =
        decision.verdict() instanceof Decision.Verdict.Respond respond
                && !"".equals(respond.body()) // of which nothing is sent either
            ? respond.body()
            : null;
    List<@Nullable Object> results =
        ending == null ? StandIns.list(decision.results(), control.results()) : List.of();
    return new Observed(results, null, ending, state, body);
  }

  private static void apply(Effect effect, Map<String, @Nullable Object> state, Observed control) {
    switch (effect) {
      case Effect.RequestHeader(String name, String value) -> {
        PlaceNames.Header places = PlaceNames.request(name);
        state.put(places.field(), FieldEffects.request(value));
        spell(places, name, FieldSpelling::request, state);
      }
      case Effect.ResponseHeader(String name, String value) ->
          response(name, value == null ? List.of() : List.of(value), state);
      case Effect.Variable(String name, String value) ->
          state.put(PlaceNames.variable(name), value);
      case Effect.ResponseHeaders(String name, List<String> values) ->
          response(name, values, state);
      case Effect.Status(int status) -> state.put(STATUS, (double) status);
      case Effect.Piece(byte[] bytes) ->
          state.put("chunk", new String(bytes, StandardCharsets.ISO_8859_1));
      case Effect.Peer(String host, int port) -> state.put("peer", host + ":" + port);
      case Effect.MoreTries(int count) -> state.put("more tries", Integer.toString(count));
      case Effect.Append _ -> {
        // lines of files are not compared
      }
      case Effect.Later later -> DueTimers.add(state, DueTimers.seconds(later.delay()));
      case Effect.Context(String key, Object value) -> {
        String place = PlaceNames.context(key);
        state.put(place, Plain.of(StandIns.resolve(value, control.state().get(place))));
      }
      case Effect.Uri(String uri) -> state.put("uri", uri);
      case Effect.Arguments(String raw) -> state.put("args", FieldEffects.arguments(raw));
      case Effect.Log _ -> {
        // among the lines of the log already
      }
    }
  }

  private static void response(
      String name, List<String> values, Map<String, @Nullable Object> state) {
    PlaceNames.Header places = PlaceNames.response(name);
    state.put(places.field(), FieldEffects.response(name, values));
    spell(places, name, FieldSpelling::response, state);
  }

  /** What an ending sets before it ends the call, in places that are watched. */
  private static void end(Decision.Verdict verdict, Places state, Observed control) {
    switch (verdict) {
      case Decision.Verdict.Respond(int status, String body) -> {
        if (body != null) {
          status(status, state);
        }
      }
      case Decision.Verdict.Redirect(String location, int status) -> {
        status(status, state);
        if (state.containsKey(LOCATION.field()) || control.state().containsKey(LOCATION.field())) {
          List<@Nullable Object> values = new ArrayList<>();
          if (state.get(LOCATION.field()) instanceof List<?> before) {
            values.addAll(before);
          }
          values.add(location);
          state.put(LOCATION.field(), List.copyOf(values));
        }
      }
      case Decision.Verdict.Next _,
          Decision.Verdict.Decline _,
          Decision.Verdict.InternalRedirect _ -> {
        // nothing
      }
    }
  }

  private static void status(int status, Places state) {
    if (state.containsKey(STATUS)) {
      state.put(STATUS, (double) status);
    }
  }

  /** How the name of a header is spelled that was just set or removed. */
  private static void spell(
      PlaceNames.Header places,
      String name,
      BinaryOperator<@Nullable String> rule,
      Map<String, @Nullable Object> state) {
    if (state.get(places.field()) == null) {
      state.remove(places.spelling());
    } else if (places.isShown()) {
      state.put(places.spelling(), rule.apply((String) state.get(places.spelling()), name));
    }
  }

  /** Spelling is compared where both sides have the field; a missing one is told once. */
  private static void spellOnBothSides(Places state, Map<String, @Nullable Object> control) {
    if (!state.haveAny(Watched.SPELLING)
        && control instanceof Places other
        && !other.haveAny(Watched.SPELLING)) {
      return;
    }
    if (control instanceof Places other) {
      state.have(Watched.SPELLING, other);
      return;
    }
    state
        .keySet()
        .removeIf(place -> place.startsWith(Watched.SPELLING) && !control.containsKey(place));
    control.forEach((place, spelling) -> {
      if (place.startsWith(Watched.SPELLING)) {
        state.putIfAbsent(place, spelling);
      }
    });
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
}
