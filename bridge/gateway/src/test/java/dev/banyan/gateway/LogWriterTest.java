package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void textOfPortsGoesToTheEndOfAFileOfThePrefix() throws IOException {
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(folder.resolve("logs/own.json"), "first\n");
    try (LogWriter writer = writer()) {
      PortFiles files = new PortFiles(folder, writer);
      assertThat(files.accepts("logs/own.json")).isTrue();
      assertThat(files.accepts("logs/other.json")).isTrue();
      assertThat(files.accepts("nowhere/own.json")).isFalse();
      assertThat(files.accepts("logs")).isFalse();
      files.append("logs/own.json", "second\n");
    }
    assertThat(folder.resolve("logs/own.json")).hasContent("first\nsecond\n");
  }
}
