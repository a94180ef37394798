package dev.banyan.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A jar whose code would block, start threads or read what is not journaled is not loaded. */
final class PortCodeTest {
  @TempDir Path folder;

  private ModuleHost load(String statement) throws IOException {
    String body =
        "@Function(\"f\") public Object f() throws Exception { " + statement + " return null; }";
    return ModuleHost.load(List.of(JarMaker.port(folder, "1", body)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new java.net.Socket("h", 1);                 | java.net.Socket                     | take an Http
          java.net.InetAddress.getByName("h");         | java.net.InetAddress.getByName      | take an Http
          java.net.http.HttpClient.newHttpClient();    | HttpClient.newHttpClient            | take an Http
          java.nio.channels.SocketChannel.open();      | java.nio.channels.SocketChannel.open | take an Http
          java.nio.file.Files.readString(null);        | java.nio.file.Files.readString      | DataFiles
          new java.io.FileInputStream("f");            | java.io.FileInputStream             | DataFiles
          new Thread(() -> {});                        | java.lang.Thread                    | has no threads
          Thread.sleep(1);                             | java.lang.Thread.sleep              | has no threads
          Thread.startVirtualThread(() -> {});         | Thread.startVirtualThread           | has no threads
          java.util.concurrent.Executors.newCachedThreadPool(); | Executors.newCachedThreadPool | has no threads
          new java.util.concurrent.CountDownLatch(1).await(); | java.util.concurrent.CountDownLatch | has no threads
          System.currentTimeMillis();                  | System.currentTimeMillis            | java.time.Clock
          java.time.Instant.now();                     | java.time.Instant.now               | java.time.Clock
          java.util.function.LongSupplier s = System::nanoTime; | System.nanoTime            | java.time.Clock
          Math.random();                               | java.lang.Math.random               | Randomness
          new java.util.Random();                      | java.util.Random                    | Randomness
          java.util.UUID.randomUUID();                 | java.util.UUID.randomUUID           | Randomness
          Runtime.getRuntime().exec("ls");             | java.lang.Runtime.exec              | a guest
          System.exit(1);                              | java.lang.System.exit               | a guest
          """)
  void theErrorNamesWhereWhatAndTheWayOut(String statement, String used, String instead) {
    assertThatThrownBy(() -> load(statement))
        .isInstanceOf(PortDefect.class)
        .hasMessageContaining("port.jar: made.Made.")
        .hasMessageContaining("uses ")
        .hasMessageContaining(used)
        .hasMessageContaining(instead);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java.net.URI.create(\"/a\");",
        "java.net.URLDecoder.decode(\"a\", java.nio.charset.StandardCharsets.UTF_8);",
        "java.time.Instant.now(java.time.Clock.fixed(null, null));",
        "new java.util.Random(7).nextInt();",
        "new java.util.concurrent.ConcurrentHashMap<String, String>().put(\"a\", \"b\");",
        "throw new java.io.IOException(\"a\"); }  Object g() {"
      })
  void whatOnlyComputesIsLoaded(String statement) throws IOException {
    assertThat(load(statement).ports()).hasSize(1);
  }

  @Test
  void aClassThatIsAThreadIsRefused() {
    assertThatThrownBy(
            () -> load("return null; } static final class Busy extends Thread {} Object g() {"))
        .isInstanceOf(PortDefect.class)
        .hasMessageContaining("made.Made$Busy is a thread");
  }
}
