package dev.banyan.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Makes jars of ports from their source. */
final class JarMaker {
  private JarMaker() {}

  /** A port of module {@code m} whose body and version are these; overwrites the jar. */
  static Path port(Path folder, String version, String body) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src"));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path file = sources.resolve("Made.java");
    Files.writeString(
        file,
        "package made; import dev.banyan.api.*; @LuaModule(\"m\") public final class Made"
            + " implements Port { "
            + body
            + " static final class Later { static String text() { return \"later\"; } } }");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                file.toString());
    assertThat(failed).as("javac").isZero();
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    Path jar = folder.resolve("port.jar");
    try (OutputStream raw = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(raw, manifest);
        Stream<Path> compiled = Files.walk(classes)) {
      for (Path one : (Iterable<Path>) compiled.filter(Files::isRegularFile)::iterator) {
        add(out, classes.relativize(one).toString(), Files.readAllBytes(one));
      }
      add(
          out,
          "META-INF/services/dev.banyan.api.Port",
          "made.Made".getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }
}
