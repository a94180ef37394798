package dev.banyan.it.oracle;

import dev.banyan.it.edge.Listening;
import dev.banyan.it.process.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server from Debian's packages, as a process of this machine at a port of its own. */
record RealService(Process process, int port) implements AutoCloseable {
  private static final int STOP_SECONDS = 5;

  /** An empty redis that keeps nothing. */
  static RealService redis(Path folder) throws IOException {
    int port = FreePorts.next();
    String dir = Files.createDirectories(folder).toString();
    return start(
        folder,
        port,
        List.of("redis-server", "--port", "" + port, "--bind", "127.0.0.1", "--dir", dir),
        List.of("--save", ""));
  }

  /** An empty memcached. */
  static RealService memcached(Path folder) throws IOException {
    int port = FreePorts.next();
    return start(
        folder,
        port,
        List.of("memcached", "-l", "127.0.0.1", "-p", "" + port, "-U", "0"),
        asRoot("-u", "root"));
  }

  /** A dnsmasq that knows these records only. */
  static RealService dns(Path folder, List<String> records) throws IOException {
    int port = FreePorts.next();
    List<String> options =
        new ArrayList<>(
            List.of(
                "--listen-address=127.0.0.1", "--bind-interfaces", "--no-resolv", "--no-hosts"));
    options.add("--pid-file=" + folder.resolve("dnsmasq.pid"));
    options.addAll(asRoot("--user=root"));
    options.addAll(records);
    return start(
        folder, port, List.of("dnsmasq", "--keep-in-foreground", "--port=" + port), options);
  }

  private static List<String> asRoot(String... options) {
    return "root".equals(System.getProperty("user.name")) ? List.of(options) : List.of();
  }

  private static RealService start(Path folder, int port, List<String> command, List<String> more)
      throws IOException {
    Path output = Files.createDirectories(folder).resolve(command.getFirst() + ".output");
    Process process =
        new ProcessBuilder(Stream.concat(command.stream(), more.stream()).toList())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try {
      Listening.await(address, process::isAlive);
    } catch (IOException e) {
      process.destroyForcibly();
      throw new IOException(command.getFirst() + " did not start: " + Files.readString(output), e);
    }
    return new RealService(process, port);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
