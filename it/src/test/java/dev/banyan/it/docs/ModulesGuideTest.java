package dev.banyan.it.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.process.FreePorts;
import dev.banyan.it.process.PortJar;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.serve.BanyanServer;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/modules.md}: what stands there is compiled, tested and served. */
final class ModulesGuideTest {
  private static final List<String> REQUESTS =
      List.of("", "Accept-Language: de-AT\r\n", "Cookie: lang=fr\r\n", "Cookie: lang=xx\r\n");

  private static final String CHECKSUM = "\"portChecksum\": ?\"[0-9a-f]{64}\"";

  @TempDir Path folder;
  private String page = "";

  @BeforeEach
  void read() throws IOException {
    page = Files.readString(LegacyCopy.source().resolveSibling("docs").resolve("modules.md"));
  }

  /** The block of that language which holds {@code mark}. */
  private String block(String language, String mark) {
    Matcher blocks = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
    while (blocks.find()) {
      if (blocks.group(1).contains(mark)) {
        return blocks.group(1);
      }
    }
    throw new AssertionError("docs/modules.md has no block of " + language + " with " + mark);
  }

  @Test
  void theTestOfThePortPasses() throws Exception {
    Path port = PortJar.make(folder.resolve("port"), "Language", block("java", "class Language "));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path source = folder.resolve("LanguageTest.java");
    Files.writeString(source, block("java", "class LanguageTest"));
    int failed =
        javax.tools.ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path") + ":" + port,
                "-d",
                classes.toString(),
                source.toString());
    assertThat(failed).as("javac").isZero();
    URL[] path = {classes.toUri().toURL(), port.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
      Class<?> type = loader.loadClass("LanguageTest");
      int run = 0;
      for (Method method : type.getMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          method.invoke(type.getConstructor().newInstance());
          run++;
        }
      }
      assertThat(run).isEqualTo(3);
    }
  }

  @Test
  void thePortAnswersAsItsLuaDoes() throws Exception {
    Files.createDirectories(folder.resolve("lua/shop"));
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(folder.resolve("lua/shop/language.lua"), block("lua", "_M.pick"));
    PortJar.make(folder, "Language", block("java", "class Language "));
    List<String> lua = answers("lua");
    assertThat(lua).element(1).asString().startsWith("HTTP/1.1 200 ").contains("de de fr");
    assertThat(lua).element(3).asString().startsWith("HTTP/1.1 400 ").contains("unknown language");
    assertThat(answers("java")).isEqualTo(lua);
    assertThat(answers("shadow")).isEqualTo(lua);
  }

  @Test
  void aNewJarIsServedAfterAReloadAndABrokenOneIsNot() throws Exception {
    Files.createDirectories(folder.resolve("lua/shop"));
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(folder.resolve("lua/shop/language.lua"), block("lua", "_M.pick"));
    String source = block("java", "class Language ");
    Path jar = PortJar.make(folder, "Language", source);
    int port = configure("java");
    BanyanServer server = BanyanServer.start(BanyanConfig.load(folder.resolve("banyan.yaml")));
    try {
      assertThat(ask(port, "")).contains("en en fr");
      String first = module(server);
      PortJar.make(folder, "Language", source.replace("wanted = \"en\"", "wanted = \"de\""));
      server.reload();
      assertThat(ask(port, "")).contains("de de fr");
      assertThat(first).containsPattern(CHECKSUM);
      assertThat(module(server)).containsPattern(CHECKSUM).isNotEqualTo(first);
      Files.writeString(jar, "broken");
      assertThatThrownBy(server::reload)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("port.jar is no jar");
      assertThat(ask(port, "")).contains("de de fr");
    } finally {
      server.stop(Duration.ZERO);
    }
  }

  @Test
  void aWatchedJarIsServedWhenItIsReplacedAndAnOlderOrBrokenOneIsNot() throws Exception {
    Files.createDirectories(folder.resolve("lua/shop"));
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(folder.resolve("lua/shop/language.lua"), block("lua", "_M.pick"));
    String source = block("java", "class Language ");
    Path jar = PortJar.make(folder, "Language", "2", source);
    int port = configure("java");
    Path yaml = folder.resolve("banyan.yaml");
    Files.writeString(yaml, Files.readString(yaml) + "ports-watch: 100ms\n");
    BanyanServer server = BanyanServer.start(BanyanConfig.load(yaml));
    try {
      assertThat(ask(port, "")).contains("en en fr");
      PortJar.make(folder, "Language", "3", source.replace("wanted = \"en\"", "wanted = \"de\""));
      await().untilAsserted(() -> assertThat(ask(port, "")).contains("de de fr"));
      String third = module(server);
      PortJar.make(folder, "Language", "1", source);
      Thread.sleep(Duration.ofSeconds(1));
      assertThat(module(server)).isEqualTo(third);
      Files.writeString(jar, "broken");
      Thread.sleep(Duration.ofSeconds(1));
      assertThat(ask(port, "")).contains("de de fr");
      PortJar.make(folder, "Language", "4", source.replace("wanted = \"en\"", "wanted = \"fr\""));
      await().untilAsserted(() -> assertThat(ask(port, "")).contains("fr fr fr"));
    } finally {
      server.stop(Duration.ZERO);
    }
  }

  private int configure(String mode) throws IOException {
    int port = FreePorts.next();
    Files.writeString(
        folder.resolve("nginx.conf"),
        block("nginx", "listen").replace("127.0.0.1:8080", "127.0.0.1:" + port));
    Files.writeString(
        folder.resolve("banyan.yaml"),
        block("yaml", "ports")
            .replace("127.0.0.1:9901", "127.0.0.1:0")
            .replace("fail-mode: lua", "fail-mode: lua, deadline: 10s")
            .replace("mode: shadow", "mode: " + mode));
    return port;
  }

  private List<String> answers(String mode) throws Exception {
    int port = configure(mode);
    BanyanServer server = BanyanServer.start(BanyanConfig.load(folder.resolve("banyan.yaml")));
    try {
      List<String> answers = REQUESTS.stream().map(fields -> ask(port, fields)).toList();
      String calls = mode.equals("java") ? "\"javaCalls\":" : "\"luaCalls\":";
      assertThat(module(server)).containsPattern(calls + " ?7").containsPattern("\"broken\": ?0");
      return answers;
    } finally {
      server.stop(Duration.ZERO);
      Files.deleteIfExists(folder.resolve("state/flags.json"));
    }
  }

  private static String module(BanyanServer server) throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://127.0.0.1:"
                + server.adminAddress().getPort()
                + "/api/v1/modules/shop.language");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + server.token().value())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  private static String ask(int port, String fields) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n" + fields + "\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
          .replaceAll("\r\nDate: [^\r]*", "");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
