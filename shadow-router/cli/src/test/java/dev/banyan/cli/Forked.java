package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the tests in a JVM of its own, whose collector is known. */
final class Forked {
  private static final long SECONDS = 60;

  private Forked() {}

  /** What it said last, once it has ended well; it has 16 MiB for young objects of 256. */
  static String lastLine(Class<?> program, List<String> options, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmn16m", "-Xmx256m"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile("forked", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      Process process = builder.redirectOutput(said.toFile()).start();
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      assertThat(ended).as("it ends").isTrue();
      assertThat(process.exitValue()).as(Files.readString(said)).isZero();
      return Files.readAllLines(said).getLast();
    } finally {
      Files.delete(said);
    }
  }
}
