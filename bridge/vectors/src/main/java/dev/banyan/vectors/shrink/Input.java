package dev.banyan.vectors.shrink;

import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.vectors.VectorJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Not thread-safe: a call's input as a vector's tree, and the vector that it was made of. What
 * nginx derives from the head is derived anew.
 */
public final class Input {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> DERIVED =
      Set.of("uri", "args", "query_string", "request_uri", "request_method", "is_args");

  private final ObjectNode recorded;
  private final ObjectNode tree;

  private Input(ObjectNode recorded, ObjectNode tree) {
    this.recorded = recorded;
    this.tree = tree;
  }

  /** The input of a recorded call. */
  public static Input of(RecordedCall call) {
    ObjectNode tree = JSON.valueToTree(VectorJson.write(call));
    if (tree.path("request").path("variables") instanceof ObjectNode variables) {
      variables.properties().stream()
          .map(one -> one.getKey())
          .filter(Input::isDerived)
          .toList()
          .forEach(variables::remove);
    }
    return new Input(tree.deepCopy(), tree);
  }

  private static boolean isDerived(String name) {
    return DERIVED.contains(name)
        || name.startsWith("http_")
        || name.startsWith("arg_")
        || name.startsWith("cookie_")
        || name.startsWith("sent_http_");
  }

  /** One that can be changed by itself. */
  public Input copy() {
    return new Input(recorded, tree.deepCopy());
  }

  /** The input, as a vector has it. */
  public ObjectNode tree() {
    return tree;
  }

  /** The input that it was made of. */
  ObjectNode recorded() {
    return recorded;
  }

  /** The call, with a target that fits; null when it can't be one. */
  public @Nullable RecordedCall call() {
    ObjectNode whole = tree.deepCopy();
    if (whole.path("request") instanceof ObjectNode request) {
      String args = request.path("args").asString("");
      boolean same =
          request.path("uri").equals(recorded.path("request").path("uri"))
              && request.path("args").equals(recorded.path("request").path("args"));
      if (!same) {
        String uri = request.path("uri").asString("/");
        request.put("target", args.isEmpty() ? uri : uri + "?" + args);
      }
    }
    try {
      return VectorJson.read(whole);
    } catch (IllegalArgumentException e) {
      return null; // not every tree is a call
    }
  }

  /** Where it isn't the vector, a line for each place. */
  public List<String> differences() {
    List<String> lines = new ArrayList<>();
    differences("", recorded, tree, lines);
    return lines.isEmpty() ? List.of("nothing changed: Lua and Java differ as recorded") : lines;
  }

  private static void differences(String path, JsonNode before, JsonNode now, List<String> lines) {
    if (before.isObject() && now.isObject()) {
      Set<String> names = new TreeSet<>();
      before.properties().forEach(one -> names.add(one.getKey()));
      now.properties().forEach(one -> names.add(one.getKey()));
      names.forEach(name ->
          differences(
              path.isEmpty() ? name : path + "." + name, before.path(name), now.path(name), lines));
    } else if (before.isArray() && now.isArray() && before.size() == now.size()) {
      for (int i = 0; i < now.size(); i++) {
        differences(path + "[" + i + "]", before.path(i), now.path(i), lines);
      }
    } else if (!before.equals(now)) {
      lines.add(path + ": " + text(now) + ", recorded " + text(before));
    }
  }

  private static String text(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.toString();
  }
}
