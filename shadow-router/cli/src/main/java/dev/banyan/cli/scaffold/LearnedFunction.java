package dev.banyan.cli.scaffold;

import dev.banyan.api.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Immutable: what was learned of one function.
 *
 * @param name its name in the Lua module
 * @param tree its part of {@code learned.json}
 */
record LearnedFunction(String name, JsonNode tree) {
  /** Whether it is called for what it does to the request, not for its results alone. */
  boolean isHandler() {
    boolean ends =
        tree.path("endings").properties().stream().anyMatch(end -> !end.getKey().equals("returns"));
    return ends || !tree.path("writes").isEmpty();
  }

  /** The phases in which it was called. */
  List<Phase> phases() {
    return Stream.of(Phase.values())
        .filter(phase -> tree.path("phases").has(phase.luaName()))
        .toList();
  }

  /** The places of a kind that it was seen to change: {@code ctx}, {@code var}, … */
  Set<String> writes(String kind) {
    Set<String> names = new TreeSet<>();
    for (Map.Entry<String, JsonNode> place : tree.path("writes").properties()) {
      if (place.getKey().startsWith(kind + " ")) {
        names.add(place.getKey().substring(kind.length() + 1));
      }
    }
    return names;
  }

  boolean writesAny(String... places) {
    return Stream.of(places).anyMatch(place -> tree.path("writes").has(place));
  }

  /** The places of a kind that it may read and that ever had a value, with their types. */
  List<Map.Entry<String, JsonNode>> reads(String kind) {
    List<Map.Entry<String, JsonNode>> places = new ArrayList<>();
    for (Map.Entry<String, JsonNode> place : tree.path("reads").properties()) {
      boolean everThere =
          place.getValue().path("types").size() > 1
              || !place.getValue().path("nil").asBoolean(false);
      if (place.getKey().startsWith(kind + " ") && everThere) {
        places.add(Map.entry(place.getKey().substring(kind.length() + 1), place.getValue()));
      }
    }
    return places;
  }

  /** The shared dicts that it was seen to use. */
  Set<String> dicts() {
    Set<String> dicts = new TreeSet<>();
    for (Map.Entry<String, JsonNode> one : tree.path("world").properties()) {
      if (one.getKey().startsWith("dict ")) {
        dicts.add(one.getKey().split(" ")[1]);
      }
    }
    return dicts;
  }

  boolean asks(String what) {
    return tree.path("world").has(what);
  }

  /** Lua's arguments, as Java parameters. */
  List<String> parameters() {
    List<String> parameters = new ArrayList<>();
    int number = 0;
    for (JsonNode argument : tree.path("arguments")) {
      parameters.add(JavaType.parameter(argument) + " argument" + ++number);
    }
    return parameters;
  }

  /** The Java type of what a function answers. */
  String result() {
    JsonNode results = tree.path("results");
    return switch (results.size()) {
      case 0 -> "void";
      case 1 -> JavaType.result(results.path(0));
      default -> "Results";
    };
  }
}
