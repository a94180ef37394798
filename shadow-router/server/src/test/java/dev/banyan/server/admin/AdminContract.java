package dev.banyan.server.admin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds {@code docs/openapi.yaml} to the page of the API and to what a listener answers. */
final class AdminContract {
  private static final Path DOCS = Path.of("../../docs");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(/[^`]*)` \\| ([A-Z, ]+) \\|");
  private static final List<String> METHODS = List.of("GET", "PUT", "POST", "DELETE");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final JsonNode document;
  private final HttpClient client;
  private final URI listener;
  private final String token;
  private final List<String> broken = new ArrayList<>();
  private int done;

  /** Of a listener. */
  AdminContract(HttpClient client, URI listener, String token) throws IOException {
    Object tree =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(DOCS.resolve("openapi.yaml")));
    this.document = new JsonMapper().valueToTree(tree);
    this.client = client;
    this.listener = listener;
    this.token = token;
  }

  /** Every path with its methods, as the document names them. */
  Set<String> documented() {
    Set<String> all = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      all.add(path.getKey() + " " + methods(path.getValue()));
    }
    return all;
  }

  /** The same, as the page for people names them. */
  static Set<String> onThePage() throws IOException {
    return ROW.matcher(Files.readString(DOCS.resolve("admin-api.md")))
        .results()
        .filter(row -> !row.group(1).equals("/"))
        .map(row ->
            row.group(1).replace("NAME", "{module}").replace("ID", "{cluster}").split("\\?")[0]
                + " "
                + new TreeSet<>(List.of(row.group(2).split(", "))))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> methods(JsonNode path) {
    return METHODS.stream()
        .filter(method -> path.has(method.toLowerCase(Locale.ROOT)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Asks every path by every method; what was answered otherwise than documented. */
  List<String> broken() throws IOException, InterruptedException {
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (String method : METHODS) {
        ask(path.getKey(), method, path.getValue().path(method.toLowerCase(Locale.ROOT)), "");
      }
      JsonNode get = path.getValue().path("get");
      if (!get.isMissingNode()) {
        ask(path.getKey(), "GET", get, "?limit=x");
      }
    }
    return broken;
  }

  /** How many calls were answered with 200 and a body that was looked at. */
  int done() {
    return done;
  }

  private void ask(String path, String method, JsonNode operation, String query)
      throws IOException, InterruptedException {
    String what = method + " " + path + query;
    boolean streams = path.endsWith("/events");
    boolean known = !operation.isMissingNode();
    if (streams && known) {
      return; // Its answer has no end; other tests read it.
    }
    HttpResponse<String> answer =
        client.send(request(path + query, method), BodyHandlers.ofString());
    String status = String.valueOf(answer.statusCode());
    if (!known) {
      if (path.startsWith("/api/") && answer.statusCode() != 405) {
        broken.add(what + " isn't documented, and answers " + status);
      }
      return;
    }
    JsonNode response = resolved(operation.path("responses").path(status));
    if (response.isMissingNode()) {
      broken.add(what + " answers " + status + ", which isn't documented: " + answer.body());
      return;
    }
    JsonNode schema = response.at("/content/application~1json/schema");
    if (!schema.isMissingNode()) {
      done += answer.statusCode() == 200 ? 1 : 0;
      check(what + " " + status, schema, new JsonMapper().readTree(answer.body()));
    }
  }

  private HttpRequest request(String path, String method) {
    String real = path.replace("{module}", "edge.waf").replace("{cluster}", "0123abcd");
    return HttpRequest.newBuilder(listener.resolve(real))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token)
        .method(
            method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"))
        .build();
  }

  private JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }

  private void check(String where, JsonNode reference, JsonNode value) {
    JsonNode schema = resolved(reference);
    if (!isOfType(schema.path("type"), value)) {
      broken.add(where + ": expected " + schema.path("type") + ", was " + value);
      return;
    }
    schema
        .path("required")
        .forEach(key -> {
          if (!value.has(key.asString(""))) {
            broken.add(where + ": " + key + " is missing");
          }
        });
    value.forEach(item -> {
      if (value.isArray() && schema.has("items")) {
        check(where + "[]", schema.path("items"), item);
      }
    });
    if (value.isObject()) {
      value.properties().forEach(entry -> property(where + "." + entry.getKey(), schema, entry));
    }
  }

  private void property(String where, JsonNode schema, Map.Entry<String, JsonNode> entry) {
    JsonNode further = schema.path("additionalProperties");
    if (schema.path("properties").has(entry.getKey())) {
      check(where, schema.path("properties").path(entry.getKey()), entry.getValue());
    } else if (further.isObject()) {
      check(where, further, entry.getValue());
    } else if (further.isBoolean() && !further.asBoolean()) {
      broken.add(where + " isn't documented");
    }
  }

  private static boolean isOfType(JsonNode type, JsonNode value) {
    if (type.isMissingNode()) {
      return true;
    }
    if (type.isArray()) {
      return type.valueStream().anyMatch(one -> isOfType(one, value));
    }
    return switch (type.asString("")) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> value.isNull();
    };
  }
}
