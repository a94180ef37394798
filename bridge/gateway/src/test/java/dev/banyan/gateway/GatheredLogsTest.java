package dev.banyan.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs whose lines gather, and logs whose names have variables. */
final class GatheredLogsTest {
  private static final String FORMAT = "log_format m '$uri $status';";

  @TempDir Path prefix;

  private byte[] log(String name) throws IOException {
    Path file = prefix.resolve("logs").resolve(name);
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }

  private String text(String name) throws IOException {
    return new String(log(name), ISO_8859_1);
  }

  private static String unpacked(byte[] members) throws IOException {
    if (members.length == 0) {
      return "";
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(members))) {
      return new String(in.readAllBytes(), ISO_8859_1);
    }
  }

  /** Longer than the logs' thread lets lines gather by itself. */
  private static void pause() throws InterruptedException {
    Thread.sleep(Duration.ofMillis(150));
  }

  private String await(String name, String line) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < end && !text(name).contains(line)) {
      Thread.sleep(10);
    }
    return text(name);
  }

  @Test
  void aCompressedLogIsMembersThatAreWholeAtEachReopening() throws Exception {
    String location = "location / { access_log logs/a.gz m gzip=9; return 200 x; }";
    try (Served served = Served.server(prefix, FORMAT, location)) {
      served.get("/1");
      served.get("/2");
      pause();
      assertThat(log("a.gz")).isEmpty();
      served.gateway().reopenLogs();
      served.get("/3");
      pause();
      assertThat(unpacked(log("a.gz"))).isEqualTo("/1 200\n/2 200\n");
    }
    assertThat(unpacked(log("a.gz"))).isEqualTo("/1 200\n/2 200\n/3 200\n");
  }

  @Test
  void aBufferIsWrittenWhenTheNextLineFindsNoRoom() throws Exception {
    String location = "location / { access_log logs/a.log m buffer=16; return 200 x; }";
    try (Served served = Served.server(prefix, FORMAT, location)) {
      served.get("/1");
      served.get("/2");
      pause();
      assertThat(text("a.log")).isEmpty();
      served.get("/3");
      assertThat(await("a.log", "/2")).isEqualTo("/1 200\n/2 200\n");
      served.get("/a-line-that-is-longer");
      assertThat(await("a.log", "longer"))
          .isEqualTo("/1 200\n/2 200\n/3 200\n/a-line-that-is-longer 200\n");
    }
  }

  @Test
  void aLineWaitsNoLongerThanItMay() throws Exception {
    String location = "location / { access_log logs/a.gz m gzip flush=300ms; return 200 x; }";
    try (Served served = Served.server(prefix, FORMAT, location)) {
      served.get("/1");
      pause();
      assertThat(log("a.gz")).isEmpty();
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (System.nanoTime() < end && log("a.gz").length == 0) {
        Thread.sleep(10);
      }
      assertThat(unpacked(log("a.gz"))).isEqualTo("/1 200\n");
    }
  }

  @Test
  void aNewConfigurationWritesWhatHasGatheredAndGathersAsItSays() throws Exception {
    String location = "location / { access_log logs/a.log m buffer=1k; return 200 x; }";
    try (Served served = Served.server(prefix, FORMAT, location)) {
      served.get("/1");
      pause();
      assertThat(text("a.log")).isEmpty();
      String next = location.replace("buffer=1k", "");
      served.gateway().reload(Served.conf(prefix, served.port(), FORMAT, next));
      assertThat(await("a.log", "/1")).isEqualTo("/1 200\n");
      served.get("/2");
      assertThat(await("a.log", "/2")).isEqualTo("/1 200\n/2 200\n");
    }
  }

  @Test
  void aLogOfAVariablesNameIsMadeAnewWithoutATellingOnceItWasMovedAway() throws Exception {
    String location = "location / { access_log logs/$arg_a.log m; return 200 x; }";
    try (Served served = Served.server(prefix, FORMAT, location)) {
      served.get("/1?a=x");
      served.get("/2?a=y");
      await("x.log", "/1");
      Files.move(prefix.resolve("logs/x.log"), prefix.resolve("logs/moved"));
      served.get("/3?a=x");
      assertThat(await("x.log", "/3")).isEqualTo("/3 200\n");
      assertThat(await("y.log", "/2")).isEqualTo("/2 200\n");
    }
  }

  @Test
  void aCachedLogStaysOpenUntilItIsFoundToBeAnother() throws Exception {
    String cache = "open_log_file_cache max=2 inactive=20s valid=1s;";
    String location = "location / { access_log logs/$arg_a.log m; return 200 x; }";
    try (Served served = Served.server(prefix, FORMAT + cache, location)) {
      served.get("/1?a=x");
      await("x.log", "/1");
      Files.move(prefix.resolve("logs/x.log"), prefix.resolve("logs/moved"));
      served.get("/2?a=x");
      assertThat(await("moved", "/2")).isEqualTo("/1 200\n/2 200\n");
      Thread.sleep(1000);
      served.get("/3?a=x");
      assertThat(await("x.log", "/3")).isEqualTo("/3 200\n");
      for (int i = 0; i < 20; i++) {
        served.get("/n?a=" + i % 4);
      }
    }
    for (int i = 0; i < 4; i++) {
      assertThat(text(i + ".log")).isEqualTo("/n 200\n".repeat(5));
    }
  }

  @Test
  void noLogIsMadeForARootThatIsNotThere() throws Exception {
    String location =
        "location / { root sites/$arg_a; access_log logs/$arg_a.log m; return 200 x; }";
    Files.createDirectories(prefix.resolve("sites/known"));
    try (Served served = Served.server(prefix, FORMAT, location)) {
      served.get("/1?a=unknown");
      served.get("/2?a=known");
      assertThat(await("known.log", "/2")).isEqualTo("/2 200\n");
    }
    assertThat(prefix.resolve("logs/unknown.log")).doesNotExist();
  }
}
