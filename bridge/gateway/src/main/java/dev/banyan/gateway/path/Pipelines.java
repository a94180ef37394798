package dev.banyan.gateway.path;

import dev.banyan.lua.seam.CallList;
import dev.banyan.nginx.HttpConf;
import dev.banyan.nginx.LuaPlace;
import dev.banyan.nginx.LuaPlaces;
import dev.banyan.nginx.script.LuaHandler;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: what each handler of one configuration may be replaced by.
 *
 * <p>A handler that no rule names, or that a rule can't name without doubt, stays Lua.
 */
public final class Pipelines {
  private final IdentityHashMap<LuaHandler, Entry> byHandler = new IdentityHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private Pipelines() {}

  /**
   * What is known of a handler.
   *
   * @param calls what it is declared to call; null for one without a declaration
   * @param reason why it stays Lua where there are no calls; else empty
   * @param place where it is written, in words
   * @param variable what {@code set_by_lua} sets, without the dollar sign; null in other phases
   */
  public record Entry(
      @Nullable CallList calls, String reason, String place, @Nullable String variable) {}

  /** A rule that doesn't fit the configuration. */
  public record Problem(PipelineRule rule, String message) {}

  /** Finds the handlers that the rules name. */
  public static Pipelines of(List<PipelineRule> rules, HttpConf http) {
    Pipelines pipelines = new Pipelines();
    List<LuaPlace> places = LuaPlaces.of(http);
    for (LuaPlace place : places) {
      pipelines.put(place, entry(null, "no pipeline for " + place, place));
    }
    IdentityHashMap<LuaPlace, PipelineRule> taken = new IdentityHashMap<>();
    for (PipelineRule rule : rules) {
      pipelines.resolve(rule, places, taken);
    }
    return pipelines;
  }

  private void resolve(
      PipelineRule rule, List<LuaPlace> places, IdentityHashMap<LuaPlace, PipelineRule> taken) {
    List<LuaPlace> named = places.stream().filter(rule::names).toList();
    if (named.size() != 1) {
      problems.add(new Problem(rule, named.isEmpty() ? missing(rule, places) : several(named)));
      return;
    }
    LuaPlace place = named.getFirst();
    if (taken.putIfAbsent(place, rule) != null) {
      problems.add(new Problem(rule, "declares " + place + " a second time: remove one"));
      return;
    }
    put(place, entry(new CallList(rule.targets()), "", place));
  }

  private static Entry entry(@Nullable CallList calls, String reason, LuaPlace place) {
    return new Entry(calls, reason, place.toString(), place.variable());
  }

  private void put(LuaPlace place, Entry entry) {
    place.handlers().forEach(handler -> byHandler.put(handler, entry));
  }

  private static String missing(PipelineRule rule, List<LuaPlace> places) {
    String known =
        places.stream()
            .filter(place -> place.named() && place.phase() == rule.phase())
            .map(LuaPlace::toString)
            .collect(Collectors.joining(", "));
    String there = known.isEmpty() ? "there is none" : "expected " + known;
    return "names " + rule + ", which the nginx.conf doesn't have: " + there;
  }

  private static String several(List<LuaPlace> named) {
    return "names more than one handler: add \"server\" or leave it out; "
        + named.stream().map(LuaPlace::toString).collect(Collectors.joining(" and "));
  }

  /** The rules that don't fit. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** What is known of a handler; null for one that no request meets. */
  public @Nullable Entry of(LuaHandler handler) {
    return byHandler.get(handler);
  }
}
