package dev.banyan.it.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Immutable: a copy of the sample legacy with a {@code banyan.yaml} beside it, ready to serve.
 *
 * @param config the {@code banyan.yaml}
 * @param edge where the edge listens
 * @param admin where the admin listener is
 */
record Installation(Path folder, Path config, InetSocketAddress edge, InetSocketAddress admin) {
  private static final Pattern PORT = Pattern.compile("(\"port\":\\s*)(\\d+)");

  /**
   * Makes one, in place of an earlier one.
   *
   * @param root the checkout
   * @param origins the real port of each port in {@code local/origins.json}
   */
  static Installation make(Path root, Path folder, Map<Integer, Integer> origins)
      throws IOException {
    clear(folder);
    Path legacy = folder.resolve("legacy");
    copy(root.resolve("legacy-lua"), legacy);
    Files.createDirectories(legacy.resolve("logs"));
    int port = freePort();
    Files.writeString(legacy.resolve("local/listen.conf"), "listen " + port + ";\n");
    Path groups = legacy.resolve("local/origins.json");
    Files.writeString(
        groups,
        PORT.matcher(Files.readString(groups))
            .replaceAll(m -> m.group(1) + origins.getOrDefault(Integer.valueOf(m.group(2)), 1)));
    int admin = freePort();
    Path config = folder.resolve("banyan.yaml");
    Files.writeString(config, adapted(root, admin));
    return new Installation(folder, config, loopback(port), loopback(admin));
  }

  /** The checkout's own banyan.yaml, for this folder and admin port. */
  private static String adapted(Path root, int admin) throws IOException {
    return Files.readString(root.resolve("banyan.yaml"))
        .replace("conf: legacy-lua/nginx.conf", "conf: legacy/nginx.conf")
        .replace("prefix: legacy-lua", "prefix: legacy")
        .replace("state-dir: .run/state", "state-dir: state")
        .replace("listen: 127.0.0.1:9901", "listen: 127.0.0.1:" + admin)
        .replace("- java-modules/", "- " + root + "/java-modules/");
  }

  String token() throws IOException {
    return Files.readString(folder.resolve("state/admin-token")).strip();
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static void clear(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }
}
