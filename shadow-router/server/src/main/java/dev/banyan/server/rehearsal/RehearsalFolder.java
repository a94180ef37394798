package dev.banyan.server.rehearsal;

import dev.banyan.api.Port;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * A temporary folder with the rehearsal's files: its configuration, its Lua and a jar with the port
 * of that.
 */
final class RehearsalFolder implements AutoCloseable {
  private static final String PORTS = "META-INF/services/" + Port.class.getName();

  private final Path path;

  private RehearsalFolder(Path path) {
    this.path = path;
  }

  static RehearsalFolder create() throws IOException {
    return new RehearsalFolder(Files.createTempDirectory("banyan-rehearsal"));
  }

  Path path() {
    return path;
  }

  Path conf() {
    return path.resolve("nginx.conf");
  }

  /**
   * Writes all files.
   *
   * @param port where the server is to listen
   * @param adminPort where its admin listener is to
   * @return the file of the configuration
   */
  Path write(int port, int adminPort) throws IOException {
    for (String file : List.of("nginx.conf", "banyan.yaml", "rehearsal.lua", "words.json")) {
      String text = new String(resource(file), StandardCharsets.UTF_8);
      Files.writeString(
          path.resolve(file),
          text.replace("@PORT@", String.valueOf(port))
              .replace("@ADMIN@", String.valueOf(adminPort)));
    }
    writeJar(path.resolve("rehearsal.jar"));
    return path.resolve("banyan.yaml");
  }

  private static void writeJar(Path jar) throws IOException {
    List<Class<?>> classes = new ArrayList<>(List.of(RehearsedPort.class.getDeclaredClasses()));
    classes.add(RehearsedPort.class);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      put(out, PORTS, RehearsedPort.class.getName().getBytes(StandardCharsets.UTF_8));
      for (Class<?> type : classes) {
        String simple = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        String folder = type.getPackageName().replace('.', '/') + "/";
        put(out, folder + simple, resource(simple));
      }
    }
  }

  private static void put(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = RehearsalFolder.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is missing beside " + RehearsalFolder.class);
      }
      return in.readAllBytes();
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }
}
