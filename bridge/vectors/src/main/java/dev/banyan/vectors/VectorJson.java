package dev.banyan.vectors;

import dev.banyan.api.Phase;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.lua.seam.RecordedState;
import dev.banyan.lua.seam.RecordedState.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A recorded call as JSON and back: the format of a vector's file. Of the request after the call
 * only what changed is written.
 */
public final class VectorJson {
  /** The version of the format. */
  public static final int FORMAT = 1;

  private VectorJson() {}

  /** A call as a tree for writing. */
  public static Map<String, @Nullable Object> write(RecordedCall call) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("format", FORMAT);
    tree.put("module", call.module());
    tree.put("function", call.function());
    tree.put("phase", call.phase().luaName());
    tree.put("arguments", ValueJson.write(call.arguments()));
    tree.put("fields", ValueJson.write(call.fields()));
    if (!call.methods().isEmpty()) {
      tree.put("methods", call.methods());
    }
    Map<String, @Nullable Object> before = state(call.before());
    tree.put("request", before);
    tree.put("world", JournalJson.write(call.journal()));
    tree.put("results", ValueJson.write(call.results()));
    tree.put("error", call.error());
    tree.put("ending", call.ending());
    tree.put("printed", call.printed());
    Map<String, @Nullable Object> after = state(call.after());
    after.entrySet().removeIf(part -> Objects.equals(part.getValue(), before.get(part.getKey())));
    tree.put("changes", after);
    return tree;
  }

  private static Map<String, @Nullable Object> state(RecordedState state) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("method", state.method());
    tree.put("target", state.target());
    tree.put("uri", state.uri());
    tree.put("args", state.args());
    tree.put("headers", head(state.requestHeaders()));
    tree.put("variables", ValueJson.write(state.variables()));
    tree.put("ctx", ValueJson.write(state.ctx()));
    tree.put("body", state.body());
    tree.put("status", state.status());
    tree.put("responseHeaders", head(state.responseHeaders()));
    tree.put("chunk", state.chunk());
    tree.put("lastChunk", state.lastChunk());
    tree.put("failure", state.failure());
    tree.put("failureStatus", state.failureStatus());
    return tree;
  }

  private static List<List<String>> head(List<Field> head) {
    return head.stream().map(field -> List.of(field.name(), field.value())).toList();
  }

  /**
   * The call of a tree.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static RecordedCall read(JsonNode tree) {
    int format = tree.path("format").asInt(0);
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "\"format\" is " + tree.path("format") + ", expected " + FORMAT + ": record it again");
    }
    RecordedState before = state(tree.path("request"), tree.path("request"));
    RecordedState after = state(tree.path("changes"), tree.path("request"));
    return new RecordedCall(
        required(tree, "module"),
        required(tree, "function"),
        phase(required(tree, "phase")),
        ValueJson.list(tree.path("arguments")),
        ValueJson.named(tree.path("fields")),
        methods(tree.path("methods")),
        before,
        after,
        ValueJson.list(tree.path("results")),
        optional(tree, "error"),
        optional(tree, "ending"),
        optional(tree, "printed"),
        JournalJson.read(tree.path("world")),
        false,
        List.of(),
        List.of());
  }

  private static RecordedState state(JsonNode changes, JsonNode base) {
    Part part = name -> changes.has(name) ? changes.path(name) : base.path(name);
    return new RecordedState(
        part.of("method").asString("GET"),
        part.of("target").asString(""),
        part.of("uri").asString(""),
        part.of("args").asString(""),
        head(part.of("headers")),
        texts(part.of("variables")),
        ValueJson.named(part.of("ctx")),
        part.of("status").asInt(0),
        head(part.of("responseHeaders")),
        text(part.of("body")),
        text(part.of("chunk")),
        part.of("lastChunk").asBoolean(false),
        text(part.of("failure")),
        part.of("failureStatus").asInt(0));
  }

  /** Finds a part of the request. */
  @FunctionalInterface
  private interface Part {
    JsonNode of(String name);
  }

  private static List<Field> head(JsonNode node) {
    List<Field> head = new ArrayList<>();
    node.forEach(pair -> head.add(new Field(pair.path(0).asString(), pair.path(1).asString())));
    return head;
  }

  private static Map<String, Map<String, String>> methods(JsonNode node) {
    Map<String, Map<String, String>> methods = new LinkedHashMap<>();
    node.properties().forEach(one -> methods.put(one.getKey(), texts(one.getValue())));
    return methods;
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.properties().forEach(one -> texts.put(one.getKey(), one.getValue().asString()));
    return texts;
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.asString() : null;
  }

  private static @Nullable String optional(JsonNode tree, String name) {
    return text(tree.path(name));
  }

  private static String required(JsonNode tree, String name) {
    String text = optional(tree, name);
    if (text == null) {
      throw new IllegalArgumentException("\"" + name + "\" is missing or no text");
    }
    return text;
  }

  private static Phase phase(String name) {
    return Stream.of(Phase.values())
        .filter(phase -> phase.luaName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("\"phase\" " + name + " is unknown"));
  }
}
