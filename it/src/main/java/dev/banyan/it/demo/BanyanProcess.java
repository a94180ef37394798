package dev.banyan.it.demo;

import dev.banyan.it.process.AdminClient;
import dev.banyan.it.process.Grounds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Owned by the demo's thread: a running {@code banyan serve}, its commands and its figures. */
final class BanyanProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final long LOOK_AGAIN_MILLIS = 50;

  private final Path root;
  private final Grounds grounds;
  private final Path config;
  private final Process process;
  private final AdminClient admin;

  private BanyanProcess(Path root, Grounds grounds, Path config, Process process) {
    this.root = root;
    this.grounds = grounds;
    this.config = config;
    this.process = process;
    this.admin = new AdminClient(grounds);
  }

  /** Starts it and waits until it takes traffic. */
  static BanyanProcess start(Path root, Grounds grounds) throws IOException, InterruptedException {
    Path config = grounds.banyanYaml(root);
    Process process =
        new ProcessBuilder(script(root), "serve", "--config", config.toString())
            .inheritIO()
            .start();
    BanyanProcess banyan = new BanyanProcess(root, grounds, config, process);
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
      if (admin.isReady()) {
        return;
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    throw new IOException("banyan serve isn't ready after " + START.toSeconds() + " s");
  }

  /** The dashboard's address, with what opens it. */
  String dashboard() throws IOException {
    return grounds.adminBase() + "/#token=" + grounds.token();
  }

  /** Runs a command as a person would, its answer on this process's output. */
  void command(String... words) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(script(root)));
    line.addAll(List.of(words));
    line.addAll(List.of("--config", config.toString()));
    int code = new ProcessBuilder(line).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("banyan " + String.join(" ", words) + " ended with code " + code);
    }
  }

  /** One module's figures. */
  JsonNode module(String name) throws IOException, InterruptedException {
    return admin.module(name);
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
