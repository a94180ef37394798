package dev.banyan.it.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One installation of the sample legacy: its files in a directory of their own, with this
 * installation's {@code local/listen.conf} and {@code local/origins.json}. All else is unchanged.
 */
public record LegacyCopy(Path prefix, int port) {
  private static final Pattern PORT = Pattern.compile("(\"port\":\\s*)(\\d+)");

  /** The legacy as it lies in the repository. */
  public static Path source() {
    try {
      Path classes =
          Path.of(LegacyCopy.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return classes.resolve("../../../legacy-lua").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Copies the legacy to {@code prefix}.
   *
   * @param origins the real port of each port in {@code local/origins.json}; one that is not named
   *     becomes a port at which nobody listens
   */
  public static LegacyCopy make(Path prefix, int port, Map<Integer, Integer> origins)
      throws IOException {
    copyTree(source(), prefix);
    Files.createDirectories(prefix.resolve("logs"));
    Files.writeString(prefix.resolve("local/listen.conf"), "listen " + port + ";\n");
    Path file = prefix.resolve("local/origins.json");
    String mapped =
        PORT.matcher(Files.readString(file))
            .replaceAll(m -> m.group(1) + origins.getOrDefault(Integer.valueOf(m.group(2)), 1));
    Files.writeString(file, mapped);
    return new LegacyCopy(prefix, port);
  }

  /** Where its server listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** The JSON lines that the legacy's own access log holds. */
  public List<String> accessLog() throws IOException {
    Path log = prefix.resolve("logs/edge.json");
    return Files.exists(log) ? Files.readAllLines(log, StandardCharsets.ISO_8859_1) : List.of();
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }
}
