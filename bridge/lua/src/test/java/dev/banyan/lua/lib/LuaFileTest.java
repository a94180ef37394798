package dev.banyan.lua.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the {@code io} library that two workers have open at the same time. */
final class LuaFileTest {
  private static final int LINES = 20_000;

  @TempDir Path folder;

  @Test
  void workersThatAppendToOneFileLoseNoLine() throws IOException, InterruptedException {
    Path file = folder.resolve("log");
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> workers = new ArrayList<>();
    for (String name : List.of("one", "other")) {
      LuaFile log = LuaFile.open(file.toString(), "a");
      workers.add(Thread.ofPlatform().start(() -> append(start, log, name)));
    }
    start.countDown();
    for (Thread worker : workers) {
      worker.join();
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.stream().filter("one"::equals)).hasSize(LINES);
    assertThat(lines.stream().filter("other"::equals)).hasSize(LINES);
  }

  private static void append(CountDownLatch start, LuaFile log, String name) {
    byte[] line = (name + "\n").getBytes(StandardCharsets.US_ASCII);
    try {
      start.await();
      for (int i = 0; i < LINES; i++) {
        log.write(line, 0, line.length);
      }
      log.close();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anAppendingFileIsReadFromItsStartAndIsAtItsEndAfterAWrite() throws IOException {
    Path file = Files.writeString(folder.resolve("log"), "before");
    LuaFile log = LuaFile.open(file.toString(), "a+");
    assertThat(log.read()).isEqualTo('b');
    log.write(new byte[] {'!'}, 0, 1);
    assertThat(log.seek("cur", 0)).isEqualTo(7);
    assertThat(log.read()).isEqualTo(-1);
    assertThat(log.seek("set", 5)).isEqualTo(5);
    assertThat(log.read()).isEqualTo('e');
    log.write(new byte[] {'?'}, 0, 1);
    log.close();
    assertThat(file).hasContent("before!?");
  }
}
