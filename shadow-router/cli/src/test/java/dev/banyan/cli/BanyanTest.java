package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BanyanTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Banyan.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(folder.resolve("banyan.yaml"), text);
  }

  @Test
  void helpNamesEveryCommandAndTheExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains(
            "serve",
            "check",
            "modules",
            "flag",
            "rollback",
            "mismatches",
            "status",
            "audit",
            "duel")
        .contains("Exit codes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sevre", "flag edge.waf java", "modules --colour"})
  void wrongCommandLinesExitWithTwo(String line) {
    assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).isNotBlank();
  }

  @Test
  void checkPrintsEachProblemInALineOfItsOwn() throws IOException {
    Files.writeString(folder.resolve("nginx.conf"), "events {}\nhttp {\n  nonsense on;\n}\n");
    Path file =
        yaml(
            """
            conf: nginx.conf
            modules:
              edge.gone: {fail-mode: lua, mode: shadow}
            """);

    assertThat(run("check", "--config", file.toString())).isEqualTo(1);
    assertThat(out.toString().lines())
        .anySatisfy(line -> assertThat(line).contains("nginx.conf:3: ").contains("nonsense"))
        .anySatisfy(line -> assertThat(line).contains("banyan.yaml:3: ").contains("no Java port"))
        .anySatisfy(line -> assertThat(line).contains("banyan.yaml:3: ").contains("no Lua file"));
  }

  @Test
  void checkFindsLuaThatDoesNotCompile() throws IOException {
    Files.writeString(
        folder.resolve("nginx.conf"),
        "events {}\nhttp { lua_package_path \"$prefix/lua/?.lua;;\"; }\n");
    Files.createDirectories(folder.resolve("lua/edge"));
    Files.writeString(folder.resolve("lua/edge/waf.lua"), "local x = 1\nif x then\n");
    Path file = yaml("conf: nginx.conf\nmodules:\n  edge.waf: {fail-mode: lua}\n");

    assertThat(run("check", "--json", "--config", file.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("edge/waf.lua").contains("Lua syntax");
  }

  @Test
  void theReportNamesWhatIsUsedByFile() throws IOException {
    Path conf =
        Files.writeString(
            folder.resolve("nginx.conf"),
            "events {}\nhttp { server { location / { content_by_lua 'ngx.say(1)'; } } }\n");
    assertThat(run("check", "--report", "--conf", conf.toString())).isZero();
    assertThat(out.toString())
        .contains(conf.toString())
        .contains("supported  1 ngx function: ngx.say")
        .contains("your configuration uses 1 ngx function, all supported");

    assertThat(run("check", "--report", "--conf", conf.toString(), "-g", "stream {}")).isEqualTo(1);
    assertThat(out.toString()).contains("missing    stream (line 1)");
  }

  @Test
  void theReportIsThereForScripts() throws IOException {
    Files.writeString(folder.resolve("nginx.conf"), "user nobody;\nevents {}\nhttp {}\n");
    Path file = yaml("conf: nginx.conf\n");
    assertThat(run("check", "--report", "--json", "--config", file.toString())).isZero();
    assertThat(out.toString())
        .contains("\"name\" : \"user\"")
        .contains("\"support\" : \"deviates\"")
        .contains("\"summary\"");
  }

  @Test
  void aSoundConfigurationHasNoProblem() throws IOException {
    Files.writeString(folder.resolve("nginx.conf"), "events {}\nhttp { }\n");
    Path file = yaml("conf: nginx.conf\n");
    assertThat(run("check", "--config", file.toString())).isZero();
    assertThat(run("serve", "-t", "-c", folder.resolve("nginx.conf").toString())).isZero();
    assertThat(err.toString()).contains("test is successful");
  }

  @Test
  void aBrokenConfSaysWhereAndExitsWithOne() throws IOException {
    Path conf = Files.writeString(folder.resolve("nginx.conf"), "events {}\nhttp { server {\n");
    assertThat(run("-t", "-c", conf.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("nginx.conf:").contains("test failed");
    assertThat(run("serve", "--conf", folder.resolve("none.conf").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("no such file");
  }

  @Test
  void withoutAServerTheCommandsSaySo() throws IOException {
    Files.writeString(folder.resolve("nginx.conf"), "events {}\n");
    Path file = yaml("conf: nginx.conf\nadmin: {listen: \"127.0.0.1:1\"}\n");
    assertThat(run("status", "--config", file.toString())).isEqualTo(3);
    assertThat(err.toString()).contains("admin token");

    Files.createDirectories(folder.resolve("state"));
    Files.writeString(folder.resolve("state/admin-token"), "t0ken\n");
    assertThat(run("status", "--config", file.toString())).isEqualTo(3);
    assertThat(err.toString()).contains("no Banyan answers").contains("banyan serve");
  }
}
