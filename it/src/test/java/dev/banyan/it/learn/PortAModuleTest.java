package dev.banyan.it.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Port;
import dev.banyan.cli.Banyan;
import dev.banyan.gateway.seam.PortReplay.Outcome;
import dev.banyan.host.BoundPort;
import dev.banyan.host.ModuleHost;
import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.parity.Side;
import dev.banyan.it.traffic.Tenants;
import dev.banyan.it.traffic.TrafficPlan;
import dev.banyan.vectors.ReplayRun;
import dev.banyan.vectors.VectorFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class PortAModuleTest {
  private static final String MODULE = "edge.waf";
  private static final String TYPE = "dev.banyan.modules.waf.Waf";
  private static final double LEAST_LINES = 0.95;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();

  /** The commands of the page, in their order. */
  private static List<String> commands() throws IOException {
    String page =
        Files.readString(LegacyCopy.source().resolveSibling("docs").resolve("port-a-module.md"));
    return page.lines()
        .filter(line -> line.startsWith("    scripts/banyan "))
        .map(line -> line.substring("    scripts/banyan ".length()))
        .toList();
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(command);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }

  /** A command of the page, on this test's installation. */
  private List<String> here(Side side, String command) {
    Path config = side.legacy().prefix().resolve("banyan.yaml");
    List<String> words = words(command.replace("--seconds 30", "--seconds 8"));
    switch (words.getFirst()) {
      case "inventory" -> words.addAll(List.of("--config", config.toString()));
      case "new-module" ->
          words.addAll(
              List.of("--vectors", vectors(), "--into", port(), "--config", "no-such.yaml"));
      case "replay" -> words.addAll(List.of("--config", config.toString(), "--vectors", vectors()));
      default -> {
        words.addAll(List.of("--admin", admin(side), "--token-file", token(side)));
        if (words.getFirst().equals("learn")) {
          words.addAll(List.of("--vectors", vectors()));
        }
      }
    }
    return words;
  }

  private String vectors() {
    return folder.resolve("vectors").toString();
  }

  private String port() {
    return folder.resolve("waf").toString();
  }

  private static String admin(Side side) {
    InetSocketAddress address =
        ((dev.banyan.it.edge.Banyan.Run) side.running()).server().adminAddress();
    return "http://127.0.0.1:" + address.getPort();
  }

  private static String token(Side side) {
    return side.legacy().prefix().resolve("state/admin-token").toString();
  }

  @Test
  void theCommandsOfThePageBringAModuleFromLuaToJava() throws Exception {
    dev.banyan.it.edge.Banyan banyan =
        new dev.banyan.it.edge.Banyan("learning", "lua", List.of(MODULE), List.of(jar()));
    try (Side side = Side.start(banyan, folder.resolve("banyan"));
        PlayedTraffic traffic =
            PlayedTraffic.start(
                side.address(),
                TrafficPlan.mixed(Tenants.read(side.legacy().prefix()), 7, 1_500))) {
      assertThat(traffic).isNotNull();
      for (String command : commands()) {
        run(here(side, command));
      }
    }
    assertThat(out.toString())
        .contains("edge.util: requires nothing that is to be ported")
        .contains("It compiles")
        .containsPattern("\\d+ vectors: \\d+ alike in ");
    JsonNode lines = learned().path("lines");
    assertThat(lines.path("reached").asDouble() / lines.path("all").asDouble())
        .isGreaterThanOrEqualTo(LEAST_LINES);
    everyVectorIsAFailingTestOfTheScaffold();
  }

  private static Path jar() {
    return LegacyCopy.source().resolve("../java-modules/waf/target").normalize();
  }

  private JsonNode learned() throws IOException {
    return new JsonMapper().readTree(Files.readAllBytes(Path.of(vectors(), VectorFolder.REPORT)));
  }

  private void run(List<String> words) {
    StringWriter err = new StringWriter();
    int code =
        Banyan.run(
            new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
    assertThat(code).as("%s: %s", words, err).isZero();
  }

  private void everyVectorIsAFailingTestOfTheScaffold() throws Exception {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-Xlint:all",
                "-Werror",
                "-parameters",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
    try (Stream<Path> sources = Files.walk(Path.of(port(), "src/main/java"))) {
      sources.filter(Files::isRegularFile).map(Path::toString).forEach(arguments::add);
    }
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .as("javac")
        .isZero();
    try (URLClassLoader loader = new Own(classes.toUri().toURL())) {
      Port port = (Port) loader.loadClass(TYPE).getConstructor().newInstance();
      BoundPort bound = ModuleHost.of(List.of(port)).ports().iterator().next();
      ReplayRun run = ReplayRun.of(bound, VectorFolder.read(Path.of(vectors())));
      assertThat(run.results())
          .isNotEmpty()
          .allSatisfy(result ->
              assertThat(result.outcome())
                  .isEqualTo(new Outcome.Declined("declined: not written yet")));
    }
  }

  /** Prefers its own classes: the real port has the same name. */
  private static final class Own extends URLClassLoader {
    Own(URL classes) {
      super(new URL[] {classes}, PortAModuleTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("dev.banyan.modules.")) {
        Class<?> known = findLoadedClass(name);
        return known == null ? findClass(name) : known;
      }
      return super.loadClass(name, resolve);
    }
  }
}
