package dev.banyan.it.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The admin API as a script uses it. */
public final class AdminClient {
  private final JsonMapper json = new JsonMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final InetSocketAddress address;
  private final String token;

  /** Of the admin listener at that address. */
  public AdminClient(InetSocketAddress address, String token) {
    this.address = address;
    this.token = token;
  }

  /** Reads a resource. */
  public JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  /** Flips a module's flag. */
  public JsonNode flag(String module, String mode, String why) {
    String body = "{\"mode\":\"" + mode + "\",\"who\":\"it\",\"why\":\"" + why + "\"}";
    return send(
        request("/api/v1/modules/" + module + "/flag")
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body))
            .build());
  }

  /** Rolls a module back. */
  public JsonNode rollback(String module, String why) {
    return send(
        request("/api/v1/modules/" + module + "/rollback")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"who\":\"it\",\"why\":\"" + why + "\"}"))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    URI uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
    return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
      }
      return json.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
