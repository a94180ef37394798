package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogWriterTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

  private LogWriter writer() {
    return new LogWriter(new PrintStream(complaints, true, StandardCharsets.UTF_8));
  }

  @Test
  void linesAreWrittenInTheirOrderAndAllOfThemByTheTimeItIsClosed() throws IOException {
    Path log = folder.resolve("a.log");
    StringBuilder expected = new StringBuilder();
    try (LogWriter writer = writer()) {
      for (int i = 0; i < 5_000; i++) {
        writer.write(log.toString(), "line " + i + " \u00e9\n");
        expected.append("line ").append(i).append(" \u00e9\n");
      }
    }
    assertThat(Files.readString(log, StandardCharsets.ISO_8859_1)).isEqualTo(expected.toString());
  }

  @Test
  void afterReopeningALogThatWasMovedAwayIsMadeAnew() throws IOException {
    Path log = folder.resolve("a.log");
    Path moved = folder.resolve("a.log.1");
    try (LogWriter writer = writer()) {
      writer.write(log.toString(), "old\n");
      while (!Files.exists(log)) {
        Thread.onSpinWait();
      }
      Files.move(log, moved);
      writer.write(log.toString(), "still old\n");
      writer.reopen();
      writer.write(log.toString(), "new\n");
    }
    assertThat(moved).hasContent("old\nstill old\n");
    assertThat(log).hasContent("new\n");
  }

  @Test
  void aFileThatCannotBeWrittenIsToldAndItsLinesAreCounted() {
    LogWriter writer = writer();
    writer.write(folder.resolve("no/such/folder.log").toString(), "line\n");
    writer.close();
    assertThat(writer.dropped()).isEqualTo(1);
    assertThat(complaints.toString(StandardCharsets.UTF_8))
        .contains("no/such/folder.log\" can't be written");
  }

  @Test
  void aLineThatCannotBePutDownIsToldAndCountedAndTheOthersAreWritten() throws IOException {
    Path log = folder.resolve("a.log");
    LogWriter writer = writer();
    writer.write(log.toString(), "before\n");
    writer.write(
        log.toString(),
        out -> {
          out.octets("half");
          throw new IllegalArgumentException("no number");
        });
    writer.write(log.toString(), out -> out.octets("after ").decimal(0).octet('\n'));
    writer.close();
    assertThat(log).hasContent("before\nafter 0\n");
    assertThat(writer.dropped()).isEqualTo(1);
    assertThat(complaints.toString(StandardCharsets.UTF_8)).contains("no number");
  }

  @Test
  void linesOfAnySizeAndOfManyThreadsStayWhole() throws Exception {
    Path log = folder.resolve("a.log");
    int threads = 4;
    try (LogWriter writer = writer()) {
      List<Thread> all = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String octet = "" + (char) ('a' + t);
        all.add(
            Thread.ofPlatform()
                .start(() -> {
                  for (int i = 1; i <= 300; i++) {
                    writer.write(log.toString(), octet.repeat(i * 31) + "\n");
                  }
                }));
      }
      for (Thread thread : all) {
        thread.join();
      }
    }
    List<String> lines = Files.readAllLines(log);
    assertThat(lines).hasSize(threads * 300);
    for (int t = 0; t < threads; t++) {
      String octet = "" + (char) ('a' + t);
      assertThat(lines.stream().filter(line -> line.startsWith(octet)).toList())
          .isEqualTo(IntStream.rangeClosed(1, 300).mapToObj(i -> octet.repeat(i * 31)).toList());
    }
  }

  @Test
  void textOfPortsGoesToTheEndOfAFileOfThePrefix() throws IOException {
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(folder.resolve("logs/own.json"), "first\n");
    try (LogWriter writer = writer()) {
      PortFiles files = new PortFiles(folder, writer);
      assertThat(files.accepts("logs/own.json")).isTrue();
      assertThat(files.accepts("logs/other.json")).isTrue();
      assertThat(files.accepts("nowhere/own.json")).isFalse();
      assertThat(files.accepts("logs")).isFalse();
      files.append("logs/own.json", Line.of("second\n"));
    }
    assertThat(folder.resolve("logs/own.json")).hasContent("first\nsecond\n");
  }
}
