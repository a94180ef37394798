package dev.banyan.it.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
  /** Many tests make the same ports, and a run of the compiler takes as long as a test. */
  private static final Map<Map<String, String>, Map<String, byte[]>> COMPILED =
      new ConcurrentHashMap<>();

  private PortJar() {}

  /** Compiles one class and packs it as a port without a version. */
  public static Path make(Path folder, String type, String source) throws IOException {
    return make(folder, new Manifest(), Map.of(type, source));
  }

  /** Compiles one class and packs it as a port of this version. */
  public static Path make(Path folder, String type, String version, String source)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    return make(folder, manifest, Map.of(type, source));
  }

  /** Compiles classes and packs them as ports; the sources by the classes' full names. */
  public static Path make(Path folder, Map<String, String> sources) throws IOException {
    return make(folder, new Manifest(), sources);
  }

  private static Path make(Path folder, Manifest manifest, Map<String, String> sources)
      throws IOException {
    Map<String, byte[]> classes = COMPILED.get(sources);
    if (classes == null) {
      classes = compiled(folder, sources);
      COMPILED.put(Map.copyOf(sources), classes);
    }
    Path jar = Files.createDirectories(folder).resolve("port.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Map.Entry<String, byte[]> one : classes.entrySet()) {
        add(out, one.getKey(), one.getValue());
      }
      add(
          out,
          "META-INF/services/dev.banyan.api.Port",
          String.join("\n", sources.keySet()).getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  /** The class files of these sources, by their names in a jar. */
  private static Map<String, byte[]> compiled(Path folder, Map<String, String> sources)
      throws IOException {
    Path source = Files.createDirectories(folder.resolve("src"));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> words =
        new ArrayList<>(
            List.of(
                "-parameters",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
    for (Map.Entry<String, String> one : sources.entrySet()) {
      String name = one.getKey().substring(one.getKey().lastIndexOf('.') + 1);
      words.add(Files.writeString(source.resolve(name + ".java"), one.getValue()).toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler.run(null, null, null, words.toArray(String[]::new)) != 0) {
      throw new IOException("the ports of " + folder + " don't compile");
    }
    Map<String, byte[]> made = new TreeMap<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path one : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        made.put(classes.relativize(one).toString(), Files.readAllBytes(one));
      }
    }
    return made;
  }

  private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }
}
