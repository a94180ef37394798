package dev.banyan.cli;

import dev.banyan.server.admin.AdminToken;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Owned by its command: calls the admin API of a running Banyan. */
final class AdminClient {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI base;
  private final AdminToken token;
  private final JsonMapper json = new JsonMapper();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  AdminClient(URI base, AdminToken token) {
    this.base = base;
    this.token = token;
  }

  JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  JsonNode put(String path, Map<String, ?> body) {
    return send(request(path).PUT(publisher(body)).build());
  }

  JsonNode post(String path, Map<String, ?> body) {
    return send(request(path).POST(publisher(body)).build());
  }

  /** The path of a module, with a name from the command line. */
  static String module(String name, String part) {
    return "/api/v1/modules/" + URLEncoder.encode(name, StandardCharsets.UTF_8) + part;
  }

  String pretty(JsonNode tree) {
    return json.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token.value());
  }

  private HttpRequest.BodyPublisher publisher(Map<String, ?> body) {
    return BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() == 200) {
        return json.readTree(response.body());
      }
      throw failure(response);
    } catch (IOException | JacksonException e) {
      throw new CommandFailure(
          ExitCodes.UNREACHABLE,
          "no Banyan answers at "
              + base
              + ": start it with \"banyan serve\", or name it with --admin");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCodes.PROBLEM, "interrupted");
    }
  }

  private CommandFailure failure(HttpResponse<String> response) {
    String message = json.readTree(response.body()).path("error").asString("no reason given");
    return switch (response.statusCode()) {
      case 401 ->
          new CommandFailure(
              ExitCodes.UNREACHABLE,
              base + " doesn't take this token: name the right file with --token-file");
      case 400, 404, 422 -> new CommandFailure(ExitCodes.REFUSED, "refused: " + message);
      default ->
          new CommandFailure(
              ExitCodes.PROBLEM, base + " answered " + response.statusCode() + ": " + message);
    };
  }
}
