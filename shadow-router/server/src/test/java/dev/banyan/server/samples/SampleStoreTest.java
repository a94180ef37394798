package dev.banyan.server.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.banyan.router.parity.Mismatch;
import dev.banyan.router.parity.Noise;
import dev.banyan.router.parity.Shape;
import dev.banyan.server.figures.MismatchFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SampleStoreTest {
  @TempDir Path folder;
  private final Seconds clock = new Seconds();

  /** Another second at each look, so that nothing is thinned. */
  private static final class Seconds extends Clock {
    private final AtomicLong now = new AtomicLong(Instant.now().getEpochSecond());

    @Override
    public Instant instant() {
      return Instant.ofEpochSecond(now.incrementAndGet());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static Mismatch sample(long id, String text) {
    Shape shape = new Shape("access", List.of(new Shape.Part("decision", "exit 403 → next")));
    return new Mismatch(
        id,
        Instant.EPOCH,
        "edge.waf",
        "access",
        "access · GET / · next",
        Map.of("request_uri", text),
        shape,
        List.of(),
        Map.of(),
        Map.of());
  }

  private SampleStore store(StoreRules rules) {
    return new SampleStore(
        folder.resolve("samples"), rules, one -> MismatchFigures.mismatch(one, Noise.NONE), clock);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("samples"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void aSampleIsALineOfJsonThatOnlyTheOwnerReads() throws IOException {
    try (SampleStore store = store(StoreRules.DEFAULT)) {
      store.offer(sample(1, "/a"));
      store.offer(sample(2, "/b"));
    }
    Path file = files().getFirst();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    JsonNode second = new JsonMapper().readTree(lines.get(1));
    assertThat(second.path("id").asInt()).isEqualTo(2);
    assertThat(second.path("module").asString()).isEqualTo("edge.waf");
    assertThat(second.path("request").path("request_uri").asString()).isEqualTo("/b");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(folder.resolve("samples")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void aFullFileIsPutAsideAndTheOldestForgotten() throws IOException {
    try (SampleStore store = store(new StoreRules(3, 2_000, Duration.ofDays(1)))) {
      for (int i = 0; i < 60; i++) {
        store.offer(sample(i, "/" + "x".repeat(200)));
        int taken = i + 1;
        await().until(() -> store.counts().written() == taken);
      }
    }
    assertThat(files()).hasSize(3);
    for (Path file : files()) {
      assertThat(Files.size(file)).isBetween(1L, 2_000L);
    }
    assertThat(Files.readString(folder.resolve("samples/mismatches.ndjson"))).contains("\"id\":59");
  }

  @Test
  void whatIsTooOldIsForgotten() throws IOException {
    Path old = Files.createDirectories(folder.resolve("samples")).resolve("mismatches-1.ndjson");
    Files.writeString(old, "{}\n");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    try (SampleStore store = store(new StoreRules(9, 2_000, Duration.ofDays(1)))) {
      store.offer(sample(1, "/"));
    }
    assertThat(files()).extracting(Path::getFileName).hasSize(1);
  }

  @Test
  void whatIsTooOldIsForgottenThoughNothingNewComes() throws IOException {
    Path samples = Files.createDirectories(folder.resolve("samples"));
    Path old = Files.writeString(samples.resolve("mismatches-1.ndjson"), "{}\n");
    Path current = Files.writeString(samples.resolve("mismatches.ndjson"), "{}\n");
    FileTime twoDaysAgo = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
    Files.setLastModifiedTime(old, twoDaysAgo);
    Files.setLastModifiedTime(current, twoDaysAgo);
    try (SampleStore _ = store(new StoreRules(9, 2_000, Duration.ofDays(1)))) {
      await().until(() -> files().isEmpty());
    }
  }

  @Test
  void aLineIsNoOlderThanFilesMayBecomeThoughItsFileIsStillWrittenTo() throws IOException {
    Path samples = Files.createDirectories(folder.resolve("samples"));
    Files.writeString(samples.resolve("mismatches.ndjson"), "{\"first\":1}\n");
    clock.now.addAndGet(Duration.ofHours(7).toSeconds());
    try (SampleStore store = store(new StoreRules(4, 1L << 20, Duration.ofDays(1)))) {
      store.offer(sample(1, "/"));
    }
    assertThat(files()).hasSize(2);
    assertThat(Files.readString(files().getLast())).doesNotContain("first");
    clock.now.addAndGet(Duration.ofHours(12).toSeconds());
    try (SampleStore store = store(new StoreRules(4, 1L << 20, Duration.ofDays(1)))) {
      store.offer(sample(2, "/"));
    }
    for (Path file : files()) {
      assertThat(Files.readString(file)).doesNotContain("first");
    }
  }

  @Test
  void aFileThatWasDeletedMeanwhileIsBegunAnew() throws IOException {
    try (SampleStore store = store(StoreRules.DEFAULT)) {
      store.offer(sample(1, "/a"));
      await().until(() -> store.counts().written() == 1);
      Files.delete(files().getFirst());
      Files.delete(folder.resolve("samples"));
      store.offer(sample(2, "/b"));
      await().until(() -> store.counts().written() == 2);
    }
    assertThat(Files.readString(files().getFirst())).contains("\"id\":2");
  }

  @Test
  void aFileThatSomebodyElseHasPutAsideIsLeftToThem() throws IOException {
    Path file = folder.resolve("samples/mismatches.ndjson");
    try (SampleStore store = store(StoreRules.DEFAULT)) {
      store.offer(sample(1, "/a"));
      await().until(() -> store.counts().written() == 1);
      Files.move(file, folder.resolve("samples/mismatches.ndjson.1"));
      Files.createFile(file); // as logrotate does
      store.offer(sample(2, "/b"));
      await().until(() -> store.counts().written() == 2);
    }
    assertThat(Files.readString(file)).contains("\"id\":2").doesNotContain("\"id\":1");
  }

  @Test
  void twoProcessesWithOneFolderLoseNothing() throws IOException {
    StoreRules small = new StoreRules(50, 1_000, Duration.ofDays(7));
    try (SampleStore one = store(small);
        SampleStore other = store(small)) {
      for (int i = 0; i < 30; i++) {
        one.offer(sample(i, "/one"));
        other.offer(sample(i, "/other"));
        long turn = i + 1L;
        await().until(() -> one.counts().written() + other.counts().written() == 2 * turn);
      }
    }
    long lines = 0;
    for (Path file : files()) {
      lines += Files.readAllLines(file).size();
    }
    assertThat(lines).isEqualTo(60);
  }

  @Test
  void aDiskThatRefusesIsToldOnceAndSoIsThatItTakesSamplesAgain() throws IOException {
    Logger log = (Logger) LoggerFactory.getLogger(SampleStore.class);
    ListAppender<ILoggingEvent> heard = new ListAppender<>();
    heard.start();
    log.addAppender(heard);
    Path file = folder.resolve("samples/mismatches.ndjson");
    Files.createDirectories(folder.resolve("samples"));
    Files.createSymbolicLink(file, Path.of("/dev/full"));
    try (SampleStore store = store(StoreRules.DEFAULT)) {
      store.offer(sample(1, "/"));
      store.offer(sample(2, "/"));
      await().atMost(Duration.ofSeconds(20)).until(() -> store.counts().failed() == 2);
      Files.delete(file);
      store.offer(sample(3, "/"));
      await().atMost(Duration.ofSeconds(20)).until(() -> store.counts().written() == 1);
    } finally {
      log.detachAppender(heard);
    }
    List<String> said = heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertThat(said)
        .containsExactly(
            "samples can't be written to %s for now (28: No space left on device): free the disk, or set \"files: 0\" of \"parity.store\""
                .formatted(file.getParent()),
            "samples are written to %s again; 2 were lost".formatted(file.getParent()));
  }

  @Test
  void aLineThatACrashCutSpoilsNoOther() throws IOException {
    Path samples = Files.createDirectories(folder.resolve("samples"));
    Files.writeString(samples.resolve("mismatches.ndjson"), "{\"id\":1,\"mod");
    try (SampleStore store = store(StoreRules.DEFAULT)) {
      store.offer(sample(2, "/b"));
    }
    List<String> lines = Files.readAllLines(files().getFirst());
    assertThat(lines).hasSize(2);
    assertThat(new JsonMapper().readTree(lines.get(1)).path("id").asInt()).isEqualTo(2);
  }

  @Test
  void aFullDiskLosesSamplesAndSaysHowMany() throws IOException {
    Files.createDirectories(folder.resolve("samples"));
    Files.createSymbolicLink(folder.resolve("samples/mismatches.ndjson"), Path.of("/dev/full"));
    try (SampleStore store = store(StoreRules.DEFAULT)) {
      store.offer(sample(1, "/"));
      await().until(() -> store.counts().failed() == 1);
      assertThat(store.counts().written()).isZero();
    }
  }

  @Test
  void aDiskThatHangsHoldsUpNobody() throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("samples"));
    Process made =
        new ProcessBuilder("mkfifo", folder.resolve("samples/mismatches.ndjson").toString())
            .start();
    assertThat(made.waitFor()).isZero();
    SampleStore store = store(StoreRules.DEFAULT);
    long start = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      store.offer(sample(i, "/"));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(store.counts().dropped()).isGreaterThanOrEqualTo(1_000 - SampleStore.QUEUE - 1);
    store.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aFloodIsThinned() {
    Clock still = Clock.fixed(Instant.now(), ZoneOffset.UTC);
    try (SampleStore store =
        new SampleStore(
            folder.resolve("samples"),
            StoreRules.DEFAULT,
            one -> MismatchFigures.mismatch(one, Noise.NONE),
            still)) {
      for (int i = 0; i < 10_000; i++) {
        store.offer(sample(i, "/"));
      }
      assertThat(store.counts().thinned()).isEqualTo(10_000 - SampleStore.PER_SECOND);
    }
  }

  @Test
  void withoutFilesNothingIsWritten() {
    try (SampleStore store = store(new StoreRules(0, 2_000, Duration.ofDays(1)))) {
      store.offer(sample(1, "/"));
    }
    assertThat(folder.resolve("samples")).doesNotExist();
  }
}
