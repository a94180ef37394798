package dev.banyan.it.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Makes the jar of a port from its source, so that it comes into the host as a stranger's would.
 */
public final class PortJar {
  private PortJar() {}

  /** Compiles one class and packs it as a port without a version. */
  public static Path make(Path folder, String type, String source) throws IOException {
    return make(folder, type, new Manifest(), source);
  }

  /** Compiles one class and packs it as a port of this version. */
  public static Path make(Path folder, String type, String version, String source)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    return make(folder, type, manifest, source);
  }

  private static Path make(Path folder, String type, Manifest manifest, String source)
      throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src"));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path file = sources.resolve(type + ".java");
    Files.writeString(file, source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int failed =
        compiler.run(
            null,
            null,
            null,
            "-parameters",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString(),
            file.toString());
    assertThat(failed).as("javac").isZero();
    Path jar = folder.resolve("port.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        Stream<Path> compiled = Files.walk(classes)) {
      for (Path one : (Iterable<Path>) compiled.filter(Files::isRegularFile)::iterator) {
        add(out, classes.relativize(one).toString(), Files.readAllBytes(one));
      }
      add(out, "META-INF/services/dev.banyan.api.Port", type.getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }
}
