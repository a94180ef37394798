package dev.banyan.it.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Thread-safe: reads what a Banyan on its {@link Grounds} says of itself, and flips its flags. */
public final class AdminClient {
  private final Grounds grounds;
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();

  /** A client; the server may start later. */
  public AdminClient(Grounds grounds) {
    this.grounds = grounds;
  }

  /** Whether it takes traffic. */
  public boolean isReady() throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(address("/readyz")).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not listening yet
    }
  }

  /** One module's figures. */
  public JsonNode module(String name) throws IOException, InterruptedException {
    return get("/api/v1/modules/" + name);
  }

  /** Every module's figures. */
  public JsonNode modules() throws IOException, InterruptedException {
    return get("/api/v1/modules").path("modules");
  }

  /** Whole requests of the old path, run through the new one. */
  public JsonNode path() throws IOException, InterruptedException {
    return get("/api/v1/path");
  }

  /** The process as a whole. */
  public JsonNode status() throws IOException, InterruptedException {
    return get("/api/v1/status");
  }

  /** Sets every module to this mode. */
  public void mode(String mode) throws IOException, InterruptedException {
    String flag =
        json.writeValueAsString(
            Map.of("mode", mode, "who", "the benchmark", "why", "with and without, in turn"));
    for (JsonNode module : modules()) {
      String path = "/api/v1/modules/" + module.path("name").asString() + "/flag";
      ask(path, HttpRequest.newBuilder(address(path)).PUT(BodyPublishers.ofString(flag)));
    }
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return ask(path, HttpRequest.newBuilder(address(path)));
  }

  private JsonNode ask(String path, HttpRequest.Builder asked)
      throws IOException, InterruptedException {
    HttpRequest request = asked.header("Authorization", "Bearer " + grounds.token()).build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return json.readTree(answer.body());
  }

  private URI address(String path) {
    return URI.create(grounds.adminBase() + path);
  }
}
