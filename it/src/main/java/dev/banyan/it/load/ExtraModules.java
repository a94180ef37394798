package dev.banyan.it.load;

import dev.banyan.it.process.Grounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Immutable: modules beside the legacy's own, as an edge collects them over the years: each is
 * called for every request and looks whether that concerns it. A few do something for requests of
 * one path, all others wait for a field that nobody sends. In Lua and, as one jar, in Java.
 */
final class ExtraModules {
  /** How many of them a request concerns at most. */
  static final int CONCERNED = 4;

  private static final String PATH = "/shop";
  private static final String LAST_CALL = "require(\"edge.routing\").access()\n";
  private static final String LAST_PORT = "ports:\n";
  private static final String LAST_STEP = "      - edge.routing.access\n";

  private final int count;
  private final Path jar;

  private ExtraModules(int count, Path jar) {
    this.count = count;
    this.jar = jar;
  }

  /** Makes so many, with their ports in a folder. */
  static ExtraModules make(int count, Path folder) throws IOException {
    ExtraModules made = new ExtraModules(count, folder.resolve("extra.jar"));
    if (count > 0) {
      made.compile(folder);
    }
    return made;
  }

  private static boolean concerned(int module) {
    return module < CONCERNED;
  }

  /** Puts the Lua into a copy of the legacy, and a call of each module into its configuration. */
  void addTo(Grounds grounds) throws IOException {
    if (count == 0) {
      return;
    }
    Path folder = Files.createDirectories(grounds.legacy().resolve("lua/extra"));
    for (int i = 0; i < count; i++) {
      Files.writeString(folder.resolve("m" + i + ".lua"), lua(i));
    }
    Path conf = grounds.legacy().resolve("nginx.conf");
    Files.writeString(
        conf,
        replaced(
            Files.readString(conf),
            LAST_CALL,
            LAST_CALL + lines("            require(\"extra.m%d\").access()\n")));
  }

  /** Names them, their ports and, where pipelines are declared, their calls in a banyan.yaml. */
  void addTo(Path yaml, String mode, boolean pipelines) throws IOException {
    if (count == 0) {
      return;
    }
    String text =
        replaced(Files.readString(yaml), LAST_PORT, LAST_PORT + "  - " + jar + "\n").stripTrailing()
            + "\n"
            + lines("  extra.m%d: {fail-mode: lua, deadline: 10s, mode: " + mode + "}\n");
    if (pipelines) {
      text = replaced(text, LAST_STEP, LAST_STEP + lines("      - extra.m%d.access\n"));
    }
    Files.writeString(yaml, text);
  }

  private String lines(String line) {
    return IntStream.range(0, count).mapToObj(line::formatted).collect(Collectors.joining());
  }

  private static String replaced(String text, String old, String fresh) {
    if (!text.contains(old)) {
      throw new IllegalStateException("\"" + old.strip() + "\" is not there to be added to");
    }
    return text.replace(old, fresh);
  }

  private static String lua(int i) {
    String concern =
        concerned(i)
            ? "ngx.var.uri:sub(1, " + PATH.length() + ") == \"" + PATH + "\""
            : "ngx.var.http_x_extra_" + i;
    return """
    local ngx = ngx
    local _M = {}

    function _M.access()
        if %s then
            ngx.req.set_header("X-Extra-Seen-%d", "1")
        end
    end

    return _M
    """
        .formatted(concern, i);
  }

  private static String java(int i) {
    return """
    package extra;

    import dev.banyan.api.*;

    @LuaModule("extra.m%d")
    @Relevant(%s)
    @Writes(requestHeaders = "X-Extra-Seen-%d")
    public final class M%d implements Port {
      @Handler("access")
      public Decision access() {
        return Decision.next().setRequestHeader("X-Extra-Seen-%d", "1");
      }
    }
    """
        .formatted(
            i,
            concerned(i) ? "paths = \"" + PATH + "\"" : "headers = \"x-extra-" + i + "\"",
            i,
            i,
            i);
  }

  private void compile(Path folder) throws IOException {
    Path source = Files.createDirectories(folder.resolve("src"));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> words =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-parameters",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
    for (int i = 0; i < count; i++) {
      words.add(Files.writeString(source.resolve("M" + i + ".java"), java(i)).toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler.run(null, null, null, words.toArray(String[]::new)) != 0) {
      throw new IOException("the ports of " + count + " modules don't compile");
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> compiled = Files.walk(classes)) {
      for (Path one : (Iterable<Path>) compiled.filter(Files::isRegularFile)::iterator) {
        add(out, classes.relativize(one).toString(), Files.readAllBytes(one));
      }
      add(
          out,
          "META-INF/services/dev.banyan.api.Port",
          lines("extra.M%d\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }
}
