package dev.banyan.cli.scaffold;

import dev.banyan.vectors.VectorFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Owned by one writing: the folder of a new port, which compiles at once and whose tests fail until
 * its bodies are written.
 */
public final class PortFolder {
  private final PortNames names;
  private final Path folder;
  private final List<Path> written = new ArrayList<>();

  private PortFolder(PortNames names, Path folder) {
    this.names = names;
    this.folder = folder;
  }

  /**
   * Writes the folder.
   *
   * @param folder where; nothing may be there
   * @param learned what was learned of the module
   * @param vectors where its vectors are
   * @return the files, the vectors left out
   * @throws IOException when something can't be written
   */
  public static List<Path> write(PortNames names, Path folder, JsonNode learned, Path vectors)
      throws IOException {
    PortFolder port = new PortFolder(names, folder);
    String source = new PortSource(names, learned).text();
    port.file("pom.xml", port.pom());
    port.file("README.md", port.readme(learned));
    String java = "src/main/java/" + names.packageFolder() + "/";
    port.file(java + names.type() + ".java", source);
    port.file(java + "package-info.java", port.packageInfo());
    port.file(
        "src/main/resources/META-INF/services/dev.banyan.api.Port",
        names.packageName() + "." + names.type() + "\n");
    String test = "src/test/java/" + names.packageFolder() + "/";
    port.file(test + names.type() + "ReplayTest.java", port.replayTest());
    port.file(test + names.type() + "TwinTest.java", port.twinTest());
    port.copy(vectors);
    return port.written;
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
    written.add(file);
  }

  private void copy(Path vectors) throws IOException {
    Path into = Files.createDirectories(folder.resolve("src/test/vectors/" + names.folder()));
    try (Stream<Path> files = Files.list(vectors)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        Files.copy(file, into.resolve(file.getFileName().toString()));
      }
    }
  }

  private String pom() {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <project xmlns="http://maven.apache.org/POM/4.0.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 http://maven.apache.org/xsd/maven-4.0.0.xsd">
      <modelVersion>4.0.0</modelVersion>
      <parent><groupId>dev.banyan</groupId><artifactId>banyan-java-modules</artifactId><version>0.1.0-SNAPSHOT</version></parent>
      <artifactId>banyan-module-%s</artifactId>
      <description>The port of %s</description>
    %s</project>
    """
        .formatted(names.folder(), names.module(), shared());
  }

  /** What the ports beside this one share is compiled into each of them. */
  private String shared() {
    return Files.isDirectory(folder.toAbsolutePath().resolveSibling("shared/src/main/java"))
        ? "  <properties><shared.sources>${project.basedir}/../shared/src/main/java</shared.sources></properties>\n"
        : "";
  }

  private String packageInfo() {
    return """
    /** The port of %s. */
    @NullMarked
    package %s;

    import org.jspecify.annotations.NullMarked;
    """
        .formatted(names.module(), names.packageName());
  }

  private String replayTest() {
    return """
    package %1$s;

    import dev.banyan.testkit.Replay;
    import dev.banyan.testkit.ReplayedVector;

    final class %2$sReplayTest {
      @Replay(value = "%3$s", port = %2$s.class)
      void doesWhatLuaDid(ReplayedVector vector) {
        vector.check();
      }
    }
    """
        .formatted(names.packageName(), names.type(), names.folder());
  }

  private String twinTest() {
    return """
    package %1$s;

    import dev.banyan.testkit.Twin;
    import dev.banyan.testkit.Twins;

    final class %2$sTwinTest {
      @Twin(value = "%3$s", port = %2$s.class)
      void doesWhatLuaDoes(Twins twins) {
        twins.check();
      }
    }
    """
        .formatted(names.packageName(), names.type(), names.folder());
  }

  private String readme(JsonNode learned) {
    JsonNode lines = learned.path("lines");
    JsonNode branches = learned.path("branches");
    StringBuilder keeps = new StringBuilder();
    for (JsonNode name : learned.path("keeps")) {
      keeps.append(keeps.isEmpty() ? "" : ", ").append(name.asString(""));
    }
    return """
    # %s in Java

    Written from %d calls of `%s`. The %d vectors in `src/test/vectors/%s` run %d of its %d lines
    of functions and go %d of the %d ways on from its branches.%s

        mvn -pl java-modules/%s -am verify -Dtest='%s*' -Dsurefire.failIfNoSpecifiedTests=false
    """
        .formatted(
            names.module(),
            learned.path("calls").asLong(0),
            names.module(),
            learned.path("vectors").asInt(0),
            names.folder(),
            lines.path("reached").asInt(0),
            lines.path("all").asInt(0),
            branches.path("reached").asInt(0),
            branches.path("all").asInt(0),
            keeps.isEmpty() ? "" : "\n\nLua keeps between calls: `" + keeps + "`.",
            names.folder(),
            names.type());
  }

  /**
   * Reads what was learned.
   *
   * @throws IOException when it can't be read
   */
  public static JsonNode learned(Path vectors) throws IOException {
    return new JsonMapper().readTree(Files.readAllBytes(vectors.resolve(VectorFolder.REPORT)));
  }
}
