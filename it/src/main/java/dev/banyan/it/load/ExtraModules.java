package dev.banyan.it.load;

import dev.banyan.it.process.Grounds;
import dev.banyan.it.process.PortJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
  private final @Nullable Path jar;

  private ExtraModules(int count, @Nullable Path jar) {
    this.count = count;
    this.jar = jar;
  }

  /** Makes so many, with their ports in a folder. */
  static ExtraModules make(int count, Path folder) throws IOException {
    Map<String, String> sources = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      sources.put("extra.M" + i, java(i));
    }
    return new ExtraModules(count, count == 0 ? null : PortJar.make(folder, sources));
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
}
