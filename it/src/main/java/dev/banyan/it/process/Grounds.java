package dev.banyan.it.process;

import dev.banyan.transport.IoMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Immutable: a copy of the sample legacy for one server.
 *
 * @param folder with the copy in {@code legacy}
 * @param port where the server shall listen
 * @param admin where its admin listener shall be, if it is a Banyan
 */
public record Grounds(Path folder, int port, int admin) {
  private static final List<Integer> LEGACY_ORIGINS = List.of(9001, 9002, 9003);
  private static final Pattern ORIGIN = Pattern.compile("(\"port\":\\s*)(\\d+)");

  /**
   * Copies the legacy.
   *
   * @param origins the port of each origin that {@code local/origins.json} names, in their order
   */
  public static Grounds make(Path root, Path folder, List<Integer> origins) throws IOException {
    Path legacy = folder.resolve("legacy");
    copy(root.resolve("legacy-lua"), legacy);
    Files.createDirectories(legacy.resolve("logs"));
    List<Integer> own = freePorts(2);
    Files.writeString(
        legacy.resolve("local/listen.conf"), "listen " + own.getFirst() + " backlog=4096;\n");
    Path groups = legacy.resolve("local/origins.json");
    Map<String, Integer> real = new TreeMap<>();
    for (int i = 0; i < LEGACY_ORIGINS.size(); i++) {
      real.put(LEGACY_ORIGINS.get(i).toString(), origins.get(i));
    }
    Files.writeString(
        groups,
        ORIGIN
            .matcher(Files.readString(groups))
            .replaceAll(m -> m.group(1) + real.getOrDefault(m.group(2), 1)));
    Path conf = legacy.resolve("nginx.conf");
    Files.writeString(
        conf,
        Files.readString(conf).replace("worker_connections  1024", "worker_connections  16384"));
    return new Grounds(folder, own.getFirst(), own.getLast());
  }

  /** These, where the server is to wait for its connections by a method: nginx's {@code use}. */
  public Grounds use(IoMethod method) throws IOException {
    Path conf = legacy().resolve("nginx.conf");
    String text = Files.readString(conf);
    String events = "worker_connections  16384;";
    if (!text.contains(events)) {
      throw new IllegalStateException(conf + " has no \"" + events + "\"");
    }
    Files.writeString(conf, text.replace(events, "use " + method + "; " + events));
    return this;
  }

  /** So many ports that are free now. */
  public static List<Integer> freePorts(int count) throws IOException {
    List<Integer> ports = new ArrayList<>();
    while (ports.size() < count) {
      ports.add(FreePorts.next());
    }
    return ports;
  }

  /** The copy of the legacy. */
  public Path legacy() {
    return folder.resolve("legacy");
  }

  /** Where its server listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** The admin listener's address, as text. */
  public String adminBase() {
    return "http://127.0.0.1:" + admin;
  }

  /** What opens the admin listener of a Banyan that runs here. */
  public String token() throws IOException {
    return Files.readString(folder.resolve("state/admin-token")).strip();
  }

  /** Writes the checkout's own {@code banyan.yaml} for this copy, every flag as it starts there. */
  public Path banyanYaml(Path root) throws IOException {
    return Files.writeString(folder.resolve("banyan.yaml"), adapted(root));
  }

  private String adapted(Path root) throws IOException {
    return Files.readString(root.resolve("banyan.yaml"))
        .replace("conf: legacy-lua/nginx.conf", "conf: legacy/nginx.conf")
        .replace("prefix: legacy-lua", "prefix: legacy")
        .replace("state-dir: .run/state", "state-dir: state")
        .replace("listen: 127.0.0.1:9901", "listen: 127.0.0.1:" + admin)
        .replace("- java-modules/", "- " + root + "/java-modules/");
  }

  /**
   * Writes the checkout's own {@code banyan.yaml} for this copy.
   *
   * @param mode how every module starts
   * @param pipelines whether the declared pipelines stay, so that requests may go without Lua
   */
  public Path banyanYaml(Path root, String mode, boolean pipelines) throws IOException {
    String text =
        adapted(root)
            .replace("{fail-mode: lua}", "{fail-mode: lua, deadline: 10s, mode: " + mode + "}")
            .replace(
                "    fail-mode: lua\n",
                "    fail-mode: lua\n    deadline: 10s\n    mode: " + mode + "\n");
    if (!pipelines) {
      text =
          text.substring(0, text.indexOf("\npipeline:"))
              + text.substring(text.indexOf("\nmodules:"));
    }
    return Files.writeString(folder.resolve("banyan.yaml"), text);
  }

  /** Removes a folder of an earlier run. */
  public static void clear(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
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
}
