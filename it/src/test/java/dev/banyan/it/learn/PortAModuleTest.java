package dev.banyan.it.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.api.Port;
import dev.banyan.cli.Banyan;
import dev.banyan.gateway.seam.PortReplay.Outcome;
import dev.banyan.host.BoundPort;
import dev.banyan.host.ModuleHost;
import dev.banyan.it.edge.Banyan.Run;
import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.parity.Side;
import dev.banyan.it.traffic.Tenants;
import dev.banyan.it.traffic.TrafficPlan;
import dev.banyan.vectors.ReplayRun;
import dev.banyan.vectors.VectorFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** The commands of {@code docs/port-a-module.md}, one after the other, under traffic. */
final class PortAModuleTest {
  private static final String MODULE = "edge.token_auth";
  private static final String TYPE = "dev.banyan.modules.tokenauth.TokenAuth";
  private static final String FIGURES = "/api/v1/modules/" + MODULE;
  private static final double LEAST_COVERED = 0.95;
  private static final int ENOUGH = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The times of the page, and what this test takes for them. */
  private static final List<List<String>> SECONDS =
      List.of(
          List.of("--live --seconds 10", "--live --seconds 2"),
          List.of("--seconds 25", "--seconds 3"),
          List.of("--seconds 30", "--seconds 5"));

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private boolean reloaded;

  /** The commands of the page, in their order. */
  private static List<String> commands() throws IOException {
    String page =
        Files.readString(LegacyCopy.source().resolveSibling("docs").resolve("port-a-module.md"));
    return page.lines()
        .filter(line -> line.startsWith("    scripts/banyan "))
        .map(line -> line.substring("    scripts/banyan ".length()).split(" {2,}# ", 2)[0])
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
    String hasty = command;
    for (List<String> pair : SECONDS) {
      hasty = hasty.replace(pair.getFirst(), pair.getLast());
    }
    List<String> words = words(hasty);
    String config = config(side).toString();
    switch (words.getFirst()) {
      case "inventory" -> {
        words.addAll(List.of("--config", config));
        if (words.contains("--live")) {
          words.addAll(admin(side));
        }
      }
      case "new-module" ->
          words.addAll(List.of("--vectors", vectors(), "--into", port(), "--config", config));
      case "replay" -> words.addAll(List.of("--config", config, "--vectors", vectors()));
      case "learn" -> {
        words.addAll(admin(side));
        words.addAll(List.of("--vectors", vectors()));
      }
      default -> words.addAll(admin(side));
    }
    return words;
  }

  private String vectors() {
    return folder.resolve("vectors").toString();
  }

  private String port() {
    return folder.resolve("token-auth").toString();
  }

  private static Path config(Side side) {
    return side.legacy().prefix().resolve("banyan.yaml");
  }

  private static Run run(Side side) {
    return (Run) side.running();
  }

  private static List<String> admin(Side side) {
    return List.of(
        "--admin",
        "http://127.0.0.1:" + run(side).server().adminAddress().getPort(),
        "--token-file",
        side.legacy().prefix().resolve("state/admin-token").toString());
  }

  @Test
  void theCommandsOfThePageBringAModuleFromLuaToJava() throws Exception {
    try (Side side = Side.start(new Unported(), folder.resolve("banyan"));
        PlayedTraffic traffic =
            PlayedTraffic.start(
                side.address(),
                TrafficPlan.mixed(Tenants.read(side.legacy().prefix()), 7, 1_500))) {
      assertThat(traffic).isNotNull();
      for (String command : commands()) {
        play(side, command);
      }
    }
    assertThat(out.toString())
        .contains("edge.util: requires nothing that is to be ported")
        .containsPattern("edge\\.util +[\\d,.]+/s +[\\d,.]+ µs +[\\d.]+% +[\\d.]+%\n")
        .containsPattern("banyan learn edge\\.token_auth --again --keep \\w+")
        .contains("module edge.token_auth: {fail-mode: lua}")
        .contains("It compiles")
        .containsPattern("\\d+ vectors: \\d+ alike in ")
        .containsPattern("Lua: \\d+ vectors: \\d+ as recorded\n")
        .containsPattern("compared [\\d,]+: [\\d,]+ agree, 0 differ")
        .contains("edge.token_auth has no mismatch")
        .contains("edge.token_auth: java -> lua, in force for the next request")
        .containsPattern("MISSING +roll-back window")
        .contains("edge.token_auth may not be retired yet");
    assertCovered("lines");
    assertCovered("branches");
    everyVectorIsAFailingTestOfTheScaffold();
  }

  private void play(Side side, String command) throws IOException {
    if (command.startsWith("flag") && !reloaded) {
      run(side).server().reload(); // new-module has registered the port
      reloaded = true;
    }
    boolean proven = !command.startsWith("retire");
    StringWriter err = new StringWriter();
    int code =
        Banyan.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            here(side, command).toArray(String[]::new));
    assertThat(code).as("%s: %s", command, err).isEqualTo(proven ? 0 : 1);
    if (command.startsWith("new-module")) {
      build();
    } else if (command.startsWith("flag")) {
      awaitEffect(side, words(command).get(2));
    }
  }

  /** Stands for writing and building it: the repository's own port. */
  private void build() throws IOException {
    Path built = LegacyCopy.source().resolve("../java-modules/token-auth/target").normalize();
    Path target = Files.createDirectories(Path.of(port(), "target"));
    try (Stream<Path> files = Files.list(built)) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        Files.copy(jar, target.resolve(jar.getFileName()));
      }
    }
  }

  /** Waits until the mode has shown what it is for, and nothing else. */
  private static void awaitEffect(Side side, String mode) {
    String figure = mode.equals("java") ? "/javaCalls" : "/parity/compared";
    long before = run(side).admin().get(FIGURES).at(figure).asLong();
    await()
        .atMost(PATIENCE)
        .until(() -> run(side).admin().get(FIGURES).at(figure).asLong() > before + ENOUGH);
    JsonNode figures = run(side).admin().get(FIGURES);
    assertThat(figures.at("/parity/mismatched").asLong()).isZero();
    assertThat(figures.at("/fallbackTotal").asLong()).isZero();
  }

  private void assertCovered(String what) throws IOException {
    JsonNode part =
        new JsonMapper()
            .readTree(Files.readAllBytes(Path.of(vectors(), VectorFolder.REPORT)))
            .path(what);
    assertThat(part.path("reached").asDouble() / part.path("all").asDouble())
        .as("%s: %s", what, part)
        .isGreaterThanOrEqualTo(what.equals("lines") ? LEAST_COVERED : LEAST_COVERED - 0.05);
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
