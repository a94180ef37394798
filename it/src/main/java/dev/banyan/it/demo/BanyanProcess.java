package dev.banyan.it.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Owned by the demo's thread: a running {@code banyan serve}, its commands and its figures. */
final class BanyanProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final long LOOK_AGAIN_MILLIS = 50;

  private final Path root;
  private final Installation installation;
  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();

  private BanyanProcess(Path root, Installation installation, Process process) {
    this.root = root;
    this.installation = installation;
    this.process = process;
  }

  /** Starts it and waits until it takes traffic. */
  static BanyanProcess start(Path root, Installation installation)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(script(root), "serve", "--config", installation.config().toString())
            .inheritIO()
            .start();
    BanyanProcess banyan = new BanyanProcess(root, installation, process);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    banyan.awaitReady();
    return banyan;
  }

  private static String script(Path root) {
    return root.resolve("scripts/banyan").toString();
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end) {
      if (!process.isAlive()) {
        throw new IOException("banyan serve ended with code " + process.exitValue());
      }
      if (isReady()) {
        return;
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    throw new IOException("banyan serve isn't ready after " + START.toSeconds() + " s");
  }

  private boolean isReady() throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(base() + "/readyz")).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not listening yet
    }
  }

  String base() {
    return "http://127.0.0.1:" + installation.admin().getPort();
  }

  /** The dashboard's address, with what opens it. */
  String dashboard() throws IOException {
    return base() + "/#token=" + installation.token();
  }

  /** Runs a command as a person would, its answer on this process's output. */
  void command(String... words) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(script(root)));
    line.addAll(List.of(words));
    line.addAll(List.of("--config", installation.config().toString()));
    int code = new ProcessBuilder(line).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("banyan " + String.join(" ", words) + " ended with code " + code);
    }
  }

  /** One module's figures. */
  JsonNode module(String name) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base() + "/api/v1/modules/" + name))
            .header("Authorization", "Bearer " + installation.token())
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    return json.readTree(answer.body());
  }

  void await() throws InterruptedException {
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
