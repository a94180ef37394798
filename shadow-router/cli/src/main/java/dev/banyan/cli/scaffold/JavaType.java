package dev.banyan.cli.scaffold;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Finds Java types for what was learned of a place. */
final class JavaType {
  private JavaType() {}

  private static Set<String> types(JsonNode stats) {
    Set<String> types = new TreeSet<>();
    stats.path("types").properties().forEach(type -> types.add(type.getKey()));
    types.remove("nil");
    return types;
  }

  private static boolean isNullable(JsonNode stats) {
    return stats.path("nil").asBoolean(false);
  }

  /** The type of a parameter that is one of Lua's arguments. */
  static String parameter(JsonNode stats) {
    Set<String> types = types(stats);
    String nullable = isNullable(stats) ? "@Nullable " : "";
    if (types.equals(Set.of("string"))) {
      return nullable + "String";
    }
    if (types.equals(Set.of("number"))) {
      return isNullable(stats) ? "@Nullable Double" : "double";
    }
    if (types.equals(Set.of("boolean"))) {
      return isNullable(stats) ? "@Nullable Boolean" : "boolean";
    }
    if (!types.isEmpty() && Set.of("list", "table").containsAll(types)) {
      return nullable + "View";
    }
    return "@Nullable Object";
  }

  /** The type of a component of an input that comes from {@code ngx.ctx}. */
  static String ofContext(JsonNode stats) {
    Set<String> types = types(stats);
    if (types.equals(Set.of("string"))) {
      return "@Nullable String";
    }
    if (types.equals(Set.of("number"))) {
      return "@Nullable Double";
    }
    if (types.equals(Set.of("boolean"))) {
      return "boolean";
    }
    return Set.of("list", "table").containsAll(types) ? "@Nullable View" : "@Nullable Object";
  }

  /** The type of a function's only result. */
  static String result(JsonNode stats) {
    String type = parameter(stats);
    return type.endsWith("View") ? "@Nullable Object" : type;
  }
}
