package dev.banyan.cli.wholes;

import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.OriginAnswer;
import dev.banyan.duel.suite.Request;
import dev.banyan.duel.suite.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Immutable: a whole request as a server keeps it: what is asked, what its origin answers, and the
 * world that it found.
 *
 * @param tree as the server tells it
 */
public record KeptRequest(JsonNode tree) {
  private static final int OK = 200;

  /** What stands for a secret. */
  private static final Pattern STAND_IN = Pattern.compile("\\[(?:redacted|body), [^\\]]*]");

  /** What is asked, and what the origin answers. */
  public Case asCase(String cluster, String cause) {
    JsonNode request = tree.path("request");
    Request asked =
        new Request(
            request.path("method").asString("GET"),
            target(request.path("target").asString("/")),
            "HTTP/1.1",
            fields(request.path("headers")),
            request.path("body").asString(""));
    return Case.of(
        "whole requests", "the paths differ: " + cause, new Step(asked, origin()), cluster);
  }

  /** A request line has no spaces but its own, and a fragment is no part of it. */
  private static String target(String kept) {
    return STAND_IN
        .matcher(kept)
        .replaceAll(hidden -> hidden.group().replace(" ", "%20").replace("#", "%23"));
  }

  private OriginAnswer origin() {
    JsonNode origin = tree.path("origin");
    return origin.isMissingNode()
        ? OriginAnswer.DEFAULT
        : OriginAnswer.of(
            origin.path("status").asInt(OK),
            fields(origin.path("headers")),
            origin.path("body").asString(""));
  }

  private static List<Field> fields(JsonNode pairs) {
    List<Field> fields = new ArrayList<>();
    pairs.forEach(pair -> fields.add(new Field(pair.path(0).asString(), pair.path(1).asString())));
    return fields;
  }

  /** The same world with another request, as a server keeps it. */
  public Map<String, @Nullable Object> with(Case smaller) {
    Request asked = smaller.steps().getFirst().request();
    Map<String, @Nullable Object> request = new LinkedHashMap<>();
    request.put("method", asked.method());
    request.put("target", asked.target());
    request.put(
        "headers",
        asked.fields().stream().map(field -> List.of(field.name(), field.value())).toList());
    if (!asked.body().isEmpty()) {
      request.put("body", asked.body());
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("request", request);
    for (String part : List.of("origin", "world")) {
      if (tree.has(part)) {
        all.put(part, new JsonMapper().convertValue(tree.path(part), Object.class));
      }
    }
    return all;
  }

  /** The world that it found. */
  JsonNode world() {
    return tree.path("world");
  }
}
