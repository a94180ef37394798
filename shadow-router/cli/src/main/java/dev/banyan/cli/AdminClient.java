package dev.banyan.cli;

import dev.banyan.server.admin.AdminToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Owned by its command: calls the admin API of a running Banyan. By the JDK's old client, because
 * the new one prepares TLS, which makes a command of half a second take a whole one.
 */
final class AdminClient {
  private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(10).toMillis();

  private final URI base;
  private final AdminToken token;
  private final JsonMapper json = new JsonMapper();

  AdminClient(URI base, AdminToken token) {
    this.base = base;
    this.token = token;
  }

  JsonNode get(String path) {
    return send("GET", path, null);
  }

  JsonNode put(String path, Map<String, ?> body) {
    return send("PUT", path, body);
  }

  JsonNode post(String path, Map<String, ?> body) {
    return send("POST", path, body);
  }

  JsonNode delete(String path) {
    return send("DELETE", path, null);
  }

  /** The path of a module, with a name from the command line. */
  static String module(String name, String part) {
    return "/api/v1/modules/" + URLEncoder.encode(name, StandardCharsets.UTF_8) + part;
  }

  /** The path of a module's parity; without a name, of the whole path's. */
  static String parity(@Nullable String name, String part) {
    return name == null ? "/api/v1/path" + part : module(name, part);
  }

  /** Whose parity that is, for people. */
  static String whose(@Nullable String name) {
    return name == null ? "the whole path" : name;
  }

  /** A part of a path, with a word from the command line. */
  static String part(String word) {
    return URLEncoder.encode(word, StandardCharsets.UTF_8);
  }

  String pretty(JsonNode tree) {
    return json.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
  }

  private JsonNode send(String method, String path, @Nullable Map<String, ?> body) {
    try {
      HttpURLConnection call = (HttpURLConnection) base.resolve(path).toURL().openConnection();
      call.setConnectTimeout(PATIENCE_MILLIS);
      call.setReadTimeout(PATIENCE_MILLIS);
      call.setRequestMethod(method);
      call.setRequestProperty("Authorization", "Bearer " + token.value());
      if (body != null) {
        write(call, json.writeValueAsBytes(body));
      }
      return answer(call);
    } catch (ConnectException e) {
      throw unreachable("no Banyan answers at " + base, "start it with \"banyan serve\"");
    } catch (SocketTimeoutException e) {
      throw unreachable(
          base + " has not answered for " + PATIENCE_MILLIS / 1000 + " s",
          "see whether that process is stopped or overloaded");
    } catch (IOException | JacksonException e) {
      throw unreachable(
          "no Banyan answers at " + base + ", but something else does",
          "start it with \"banyan serve\" at an address of its own");
    }
  }

  private static CommandFailure unreachable(String what, String remedy) {
    return new CommandFailure(
        ExitCodes.UNREACHABLE, what + ": " + remedy + ", or name it with --admin");
  }

  private static void write(HttpURLConnection call, byte[] body) throws IOException {
    call.setDoOutput(true);
    call.setFixedLengthStreamingMode(body.length);
    try (OutputStream out = call.getOutputStream()) {
      out.write(body);
    }
  }

  private JsonNode answer(HttpURLConnection call) throws IOException {
    int status = call.getResponseCode();
    try (InputStream in = status < 400 ? call.getInputStream() : call.getErrorStream()) {
      JsonNode tree = json.readTree(in == null ? new byte[0] : in.readAllBytes());
      if (!tree.isObject()) {
        throw new IOException("no answer of Banyan's is anything else than an object");
      }
      if (status == 200) {
        return tree;
      }
      throw failure(status, tree.path("error").asString("no reason given"));
    }
  }

  private CommandFailure failure(int status, String message) {
    return switch (status) {
      case 401 ->
          new CommandFailure(
              ExitCodes.UNREACHABLE,
              base + " doesn't take this token: name the right file with --token-file");
      case 400, 404, 409, 422 ->
          new CommandFailure(ExitCodes.REFUSED, "refused: " + refusal(status, message));
      default ->
          new CommandFailure(ExitCodes.PROBLEM, base + " answered " + status + ": " + message);
    };
  }

  /** A path that isn't there was asked for by a command of another version. */
  private String refusal(int status, String message) {
    return status == 404 && message.startsWith("no such path")
        ? "the Banyan at "
            + base
            + " doesn't know what this command asks for: it is another version (compare \"banyan"
            + " status\" with \"banyan --version\"); take its own command, or upgrade it"
        : message;
  }
}
