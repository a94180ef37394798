package dev.banyan.it.handover;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Banyan in processes of its own: one, and those that it hands over to. */
final class Running implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final Path output;
  private final Process first;
  private final List<ProcessHandle> all = new ArrayList<>();

  private Running(Path folder, Process first) {
    this.folder = folder;
    this.output = folder.resolve("output");
    this.first = first;
    all.add(first.toHandle());
  }

  /** Serves {@code nginx.conf} of a folder, whose pid file is {@code nginx.pid}. */
  static Running start(Path folder, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports",
                "java.base/jdk.internal.vm=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.banyan.cli.Banyan",
                "serve"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    builder.environment().put("_JAVA_SR_SIGNUM", "60");
    builder.environment().remove("BANYAN_LAUNCHER");
    Running running = new Running(folder, builder.start());
    running.awaitOutput("banyan: serving on");
    return running;
  }

  /** The number in the pid file. */
  long pid() throws IOException {
    return Long.parseLong(Files.readString(folder.resolve("nginx.pid")).strip());
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  void awaitOutput(String text) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          String now = output();
          if (!now.contains(text)) {
            throw new AssertionError(text + " is not yet in: " + now);
          }
        });
  }

  /** Asks for a hand-over by the signal. */
  void ask() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-USR2", Long.toString(pid())).inheritIO().start().waitFor();
  }

  /** Hands over, and waits until the process before has ended. */
  void handOver() throws IOException, InterruptedException {
    long before = pid();
    ask();
    awaitOutput("process " + before + " has handed over to process ");
    await().atMost(PATIENCE).until(() -> pid() != before);
    all.add(ProcessHandle.of(pid()).orElseThrow());
    await()
        .atMost(PATIENCE)
        .until(() -> ProcessHandle.of(before).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Override
  public void close() throws IOException {
    all.forEach(ProcessHandle::destroy);
    for (ProcessHandle one : all) {
      try {
        one.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (Exception e) {
        one.destroyForcibly();
        throw new IOException("process " + one.pid() + " doesn't end", e);
      }
    }
    first.destroyForcibly();
  }
}
