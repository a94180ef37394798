package dev.banyan.vectors;

import dev.banyan.lua.seam.RecordedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says what a recorded call was given: only what is not nothing. */
public final class InputText {
  private static final int MOST = 400;

  private InputText() {}

  /** A line for each part of the input. */
  public static List<String> of(RecordedCall call) {
    return of(new JsonMapper().valueToTree(VectorJson.write(call)));
  }

  /** The same of a vector's tree. */
  public static List<String> of(JsonNode tree) {
    List<String> lines = new ArrayList<>();
    JsonNode request = tree.path("request");
    lines.add("request    " + request.path("method").asString() + " " + target(request));
    request.path("headers").forEach(pair -> lines.add("header     " + pair(pair)));
    request.path("responseHeaders").forEach(pair -> lines.add("answer     " + pair(pair)));
    part(lines, "variable   ", request.path("variables"));
    part(lines, "ctx        ", request.path("ctx"));
    part(lines, "body       ", request.path("body"));
    part(lines, "chunk      ", request.path("chunk"));
    part(lines, "arguments  ", tree.path("arguments"));
    part(lines, "module's   ", tree.path("fields"));
    tree.path("world")
        .path("entries")
        .forEach(entry -> lines.add("world      " + bounded(entry.toString())));
    return lines;
  }

  private static String target(JsonNode request) {
    String target = request.path("target").asString();
    return bounded(target.isEmpty() ? request.path("uri").asString() : target);
  }

  private static String pair(JsonNode pair) {
    return pair.path(0).asString() + ": " + bounded(pair.path(1).asString());
  }

  private static void part(List<String> lines, String name, JsonNode node) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> one : node.properties()) {
        lines.add(name + one.getKey() + " = " + bounded(one.getValue().toString()));
      }
    } else if (!node.isNull() && !node.isMissingNode() && !(node.isArray() && node.isEmpty())) {
      lines.add(name + bounded(node.toString()));
    }
  }

  private static String bounded(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST) + "… of " + text.length();
  }
}
