package dev.banyan.it.oracle;

import dev.banyan.it.edge.LegacyCopy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Well-known pure-Lua libraries as Debian ships them, unmodified; {@code scripts/lua-libraries}
 * fetches them once.
 */
final class DebianLibraries {
  private static final Path REPOSITORY = LegacyCopy.source().resolve("..").normalize();
  private static final Path FOLDER = REPOSITORY.resolve("it/target/lua-libraries");

  private DebianLibraries() {}

  /** Each library's text by the file's name below {@code lua/}. */
  static Map<String, String> files() throws IOException, InterruptedException {
    Process fetch =
        new ProcessBuilder(
                REPOSITORY.resolve("scripts/lua-libraries").toString(), FOLDER.toString())
            .inheritIO()
            .start();
    if (fetch.waitFor() != 0) {
      throw new IOException("the Lua libraries could not be had from Debian's packages");
    }
    Path root = FOLDER.resolve("usr/share/lua/5.1");
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        files.put(
            "lua/" + root.relativize(file), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }
}
