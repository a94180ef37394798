package dev.banyan.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.it.process.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What nginx serves by its directives, Banyan serves alike. */
final class ServingOracleTest {
  private static final Map<String, String> FILES =
      Map.ofEntries(
          Map.entry("lua/arguments.lua", "return (...) .. ngx.arg[1] .. ngx.arg[2]"),
          Map.entry("lua/stapled.lua", OracleCase.resource("stapled.lua")),
          Map.entry("lua/threaded.lua", OracleCase.resource("threaded.lua")),
          Map.entry("html/index.html", "the index\n"),
          Map.entry("html/page.txt", "0123456789".repeat(10)),
          Map.entry("html/page.txt.gz", zipped("compressed before\n")),
          Map.entry("html/alone.txt.gz", zipped("compressed only\n")),
          Map.entry("html/folder/index.html", "the folder's index\n"),
          Map.entry("html/empty/.keep", ""),
          Map.entry("html/one/file.txt", "the only file\n"),
          Map.entry("html/one/.hidden", "no page\n"),
          Map.entry(
              "html/long/" + "name".repeat(15) + ".txt",
              "a file whose name is too long for a column\n"),
          Map.entry("html/odd <\">%?#{/page.txt", "a page in a folder that must be escaped\n"));

  private static final List<String> FILES_OF_CASES =
      List.of(
          "serving.cases",
          "proxying.cases",
          "caching.cases",
          "charsets.cases",
          "slices.cases",
          "escaping.cases",
          "lua.cases",
          "phases.cases",
          "requests.cases",
          "sockets.cases",
          "dicts.cases",
          "patterns.cases",
          "threads.cases",
          "modules.cases",
          "language.cases",
          "ffi.cases",
          "callbacks.cases",
          "edges.cases",
          "more.cases",
          "setting.cases",
          "heads.cases",
          "echo.cases",
          "memc.cases",
          "cgi.cases",
          "srcache.cases",
          "ssi.cases",
          "after.cases",
          "logs.cases",
          "error-lines.cases",
          "readme.cases",
          "openssl.cases",
          "openssl-keys.cases",
          "openssl-making.cases",
          "keys.cases",
          "videos.cases",
          "dav.cases",
          "subrequests.cases");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> banyanAnswersAsNginx() throws IOException {
    List<OracleCase> cases = new ArrayList<>();
    for (String file : FILES_OF_CASES) {
      cases.addAll(OracleCase.read(file));
    }
    RealService memcached = RealService.memcached(folder.resolve("memcached"));
    List<AppServer> applications = new ArrayList<>();
    String http =
        (OracleCase.resource("http.conf")
                + cases.stream().map(OracleCase::server).collect(Collectors.joining()))
            .replace("@memcached", String.valueOf(memcached.port()));
    for (AppServer.Wire wire : AppServer.Wire.values()) {
      AppServer application = AppServer.start(wire, FreePorts.next());
      applications.add(application);
      String name = "@" + wire.name().toLowerCase(Locale.ROOT);
      http = http.replace(name, String.valueOf(application.port()));
    }
    BothServers servers = BothServers.start(folder, http, FILES);
    return cases.stream()
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> compare(servers, each)))
        .onClose(() -> close(servers, memcached, applications));
  }

  private static String zipped(String text) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(octets)) {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return octets.toString(StandardCharsets.ISO_8859_1);
  }

  private static void compare(BothServers servers, OracleCase each) throws IOException {
    boolean same = true;
    for (String request : each.requests()) {
      BothServers.Answers answers = servers.ask(request).map(ServingOracleTest::comparable);
      if (each.differs().isEmpty()) {
        assertThat(answers.banyan()).as(request).isEqualTo(answers.nginx());
      }
      same &= answers.banyan().equals(answers.nginx());
    }
    assertThat(same)
        .as("a difference that is listed with a reason is one: " + each.differs())
        .isEqualTo(each.differs().isEmpty());
  }

  /**
   * Without addresses, clients' ports, the lines of configurations, and where in lua-resty-core's
   * own Lua, which Banyan doesn't have, an error was raised.
   */
  private static String comparable(String text) {
    return text.replaceAll("0x[0-9a-f]{8,}", "ADDRESS")
        .replaceAll("REMOTE_PORT=\\d+", "REMOTE_PORT=PORT")
        .replaceAll("nginx\\.conf:\\d+", "nginx.conf:LINE")
        .replaceAll("/usr/share/lua/5\\.1/\\S+:\\d+: ", "");
  }

  private static void close(
      BothServers servers, RealService memcached, List<AppServer> applications) {
    try (memcached) {
      servers.close();
      for (AppServer application : applications) {
        application.close();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
