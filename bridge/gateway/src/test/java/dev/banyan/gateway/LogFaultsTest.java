package dev.banyan.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.nginx.LogBuffer;
import dev.banyan.nginx.LogFileCache;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs' files that can't be written, and what that does to others. */
final class LogFaultsTest {
  private static final LogFileCache CACHE =
      new LogFileCache(9, Duration.ofHours(1), Duration.ofHours(1), 1);

  @TempDir Path prefix;

  /** A file on a disk that fills up: what it has room for is written. */
  private static final class Disk extends OutputStream {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int room = Integer.MAX_VALUE;
    private boolean closed;

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
      int taken = Math.min(room, length);
      written.write(octets, from, taken);
      room -= taken;
      if (taken < length) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void close() {
      closed = true;
    }

    String text() {
      return written.toString(ISO_8859_1);
    }
  }

  private static Disk disk(Map<String, Disk> disks, String file) {
    return Objects.requireNonNull(disks.get(file), file);
  }

  private static byte[] octets(String text) {
    return text.getBytes(ISO_8859_1);
  }

  @Test
  void whatADiskTookOfLinesIsNotWrittenAgainOnceThereIsRoom() throws Exception {
    Disk disk = new Disk();
    try (LogFile file = new LogFile(disk)) {
      file.write(octets("first\nsecond\n"));
      disk.room = 6;
      assertThatThrownBy(file::flush).isInstanceOf(IOException.class);
      disk.room = Integer.MAX_VALUE;
      file.write(octets("third\n"));
    }
    assertThat(disk.text()).isEqualTo("first\nthird\n");
  }

  @Test
  void aLineThatComesWhileGatheredOnesAreLostIsKept() throws Exception {
    Disk disk = new Disk();
    try (BufferedLog log = new BufferedLog(disk, new LogBuffer(8, Duration.ZERO, 0), () -> 0)) {
      log.write(octets("first\n"));
      disk.room = 0;
      assertThatThrownBy(() -> log.write(octets("second\n"))).isInstanceOf(IOException.class);
      disk.room = Integer.MAX_VALUE;
    }
    assertThat(disk.text()).isEqualTo("second\n");
  }

  @Test
  void aVaryingLogThatCannotBeWrittenHoldsUpNoOther() throws Exception {
    Map<String, Disk> disks = Map.of("a", new Disk(), "b", new Disk(), "c", new Disk());
    VaryingLogs.Place place = new VaryingLogs.Place(prefix.toString(), CACHE);
    try (VaryingLogs logs = new VaryingLogs(name -> new LogFile(disk(disks, name)))) {
      for (String name : new String[] {"a", "b", "c"}) {
        logs.open(name, place).write(octets(name));
      }
      disk(disks, "a").room = 0;
      assertThatThrownBy(logs::settle).isInstanceOf(IOException.class);
      assertThat(disk(disks, "b").text()).isEqualTo("b");
      assertThat(disk(disks, "c").text()).isEqualTo("c");
      logs.open("a", place).write(octets("again"));
      assertThatThrownBy(logs::close).isInstanceOf(IOException.class);
    }
    assertThat(disks.values()).allMatch(disk -> disk.closed);
  }

  @Test
  void aRootThatNoFolderCanHaveEndsNoLogging() throws Exception {
    String set = "set_by_lua_block $odd { return 'a\\0b' }";
    String odd = "location /odd { SET root html/$odd; access_log logs/$arg_a.log; return 200 x; }";
    String plain = "location / { access_log logs/plain.log; return 200 x; }";
    try (Served served = Served.server(prefix, "", odd.replace("SET", set) + plain)) {
      served.get("/odd?a=x");
      Thread.sleep(Duration.ofMillis(100)); // a batch of its own
      served.get("/plain");
    }
    assertThat(Files.readString(prefix.resolve("logs/plain.log"))).contains("/plain");
  }
}
