package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
        .contains("inventory", "learn", "replay", "new-module", "duel", "classes", "rules")
        .contains("serve", "check", "modules", "flag", "rollback", "mismatches", "status", "audit")
        .contains("Exit codes");
  }

  @Test
  void eachCommandThatTheHelpNamesAnswersAloneUnderItsName() {
    assertThat(run("--help")).isZero();
    List<String> names =
        out.toString()
            .lines()
            .dropWhile(line -> !line.startsWith("Commands:"))
            .filter(line -> line.matches("  [a-z].*"))
            .map(line -> line.strip().split(" ")[0])
            .toList();
    assertThat(names).hasSizeGreaterThan(15);
    for (String name : names) {
      out.getBuffer().setLength(0);
      assertThat(run(name, "--help")).as("%s --help: %s", name, err).isZero();
      assertThat(out.toString()).contains("Usage: banyan " + name);
    }
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
  void theInventoryNamesModulesOrderAndDeadCode() throws IOException {
    Path conf = legacyOfOneModule();
    assertThat(run("inventory", "--conf", conf.toString())).isZero();
    assertThat(out.toString())
        .contains("1 handlers, 1 modules")
        .contains("edge.a  3     1         content  -")
        .contains(" 1  edge.a: requires nothing that is to be ported")
        .contains("a.lua:2: old is mentioned nowhere else")
        .contains("b.lua: nothing asks for this file");
  }

  @Test
  void theInventoryIsThereForScripts() throws IOException {
    assertThat(run("inventory", "--json", "--conf", legacyOfOneModule().toString())).isZero();
    JsonNode tree = new JsonMapper().readTree(out.toString());
    assertThat(tree.at("/modules/0/name").asString()).isEqualTo("edge.a");
    assertThat(tree.at("/modules/0/functions/1/used").asBoolean()).isFalse();
    assertThat(tree.at("/order/0/modules/0").asString()).isEqualTo("edge.a");
  }

  @Test
  void anInventoryThatCannotBeMadeSaysWhy() throws IOException {
    assertThat(run("inventory", "--conf", folder.resolve("gone.conf").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("gone.conf");
    assertThat(run("inventory", "--seconds", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--seconds 0 is not in 1..600");
  }

  @Test
  void replayAndNewModuleSayWhatIsMissing() throws IOException {
    Path vectors = folder.resolve("vectors");
    assertThat(run("replay", "edge.a", "--vectors", vectors.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("no such folder", "banyan learn");
    assertThat(run("new-module", "edge.a", "--vectors", vectors.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("learned.json can't be read", "banyan learn edge.a");
    Files.createDirectories(vectors);
    Files.writeString(vectors.resolve("learned.json"), "{\"module\": \"edge.b\"}");
    assertThat(run("new-module", "edge.a", "--vectors", vectors.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("is of \"edge.b\"");
    assertThat(run("new-module", "9", "--vectors", vectors.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("expected a name such as edge.token_auth");
  }

  @Test
  void aNewModuleIsRegistered() throws IOException {
    Path vectors = Files.createDirectories(folder.resolve("vectors"));
    Files.writeString(
        vectors.resolve("learned.json"),
        """
        {"module": "edge.new_thing", "calls": 2, "vectors": 0, "lines": {"all": 2, "reached": 2},
         "keeps": [], "api": [], "functions": {"sum": {"calls": 2, "phases": {"content": 2},
         "arguments": [{"types": {"number": 2}}, {"types": {"nil": 1, "string": 1}, "nil": true}],
         "results": [{"types": {"number": 2}}], "endings": {"returns": 2}, "errors": {},
         "reads": {"ctx tenant.id": {"types": {"string": 2}}}, "writes": {},
         "world": {"time": 1, "dict d get k": 2}}}}
        """);
    Path modules = Files.createDirectories(folder.resolve("modules"));
    Files.writeString(modules.resolve("pom.xml"), "<modules>\n  <module>a</module>\n</modules>\n");
    Path config = yaml("conf: nginx.conf\nports:\n  - modules/a/target\nmodules: {}\n");
    Path port = modules.resolve("new-thing");
    String[] command = {
      "new-module",
      "edge.new_thing",
      "--vectors",
      vectors.toString(),
      "--into",
      port.toString(),
      "--config",
      config.toString()
    };
    assertThat(run(command)).isZero();
    assertThat(Files.readString(modules.resolve("pom.xml")))
        .contains("<module>a</module>\n  <module>new-thing</module>");
    assertThat(Files.readString(config))
        .contains("  - modules/a/target\n  - modules/new-thing/target\nmodules");
    assertThat(
            Files.readString(
                port.resolve("src/main/java/dev/banyan/modules/newthing/NewThing.java")))
        .contains("@LuaModule(\"edge.new_thing\")", "@Function(\"sum\")")
        .contains(
            "public double sum(SumInput in, double argument1, @Nullable String argument2,"
                + " Clock clock, @Shared(\"d\") Dict d)");
    assertThat(run(command)).isEqualTo(1);
    assertThat(err.toString()).contains("is there already");
  }

  private Path legacyOfOneModule() throws IOException {
    Files.createDirectories(folder.resolve("lua/edge"));
    Files.writeString(
        folder.resolve("lua/edge/a.lua"),
        "local M = {} function M.run() ngx.say(1) end\nfunction M.old() end\nreturn M\n");
    Files.writeString(folder.resolve("lua/edge/b.lua"), "return {}\n");
    return Files.writeString(
        folder.resolve("nginx.conf"),
        "events {}\nhttp { lua_package_path '$prefix/lua/?.lua'; server { location / {"
            + " content_by_lua 'require(\"edge.a\").run()'; } } }\n");
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
  void variablesThatTheConfDoesNotHaveAreWarnedOfByTheirLine() throws IOException {
    Files.writeString(
        folder.resolve("nginx.conf"), "events {}\nhttp { map $host $shop { default a; } }\n");
    String text = "conf: nginx.conf\ntenant: %s\nparity:\n  class-key: [%s, $host]\n";
    Path wrong = yaml(text.formatted("$shopp", "$tier"));
    assertThat(run("check", "--config", wrong.toString())).isZero();
    assertThat(out.toString())
        .contains(wrong + ":2: \"tenant\" names $shopp, which the nginx.conf doesn't have")
        .contains(wrong + ":4: \"parity.class-key\" names $tier, which");
    out.getBuffer().setLength(0);
    run("check", "--config", yaml(text.formatted("$shop", "$arg_x")).toString());
    assertThat(out.toString()).doesNotContain("which the nginx.conf doesn't have");
  }

  @Test
  void aNameServerThatHasNoAddressIsToldWhereItIsRead() throws IOException {
    String text = "events {}\nhttp {\n  resolver 127.0.0.1 dns.invalid:54;\n}\n";
    Path conf = Files.writeString(folder.resolve("nginx.conf"), text);
    assertThat(run("serve", "-t", "-c", conf.toString())).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "banyan: [emerg] " + conf + ":3: host not found in resolver \"dns.invalid:54\"",
            "banyan: configuration file " + conf + " test failed");
  }

  @Test
  void aHostThatHasNoAddressFailsTheTestAsWithNginx() throws IOException {
    String text =
        """
        events {}
        http {
          access_log syslog:server=log.invalid:99;
          resolver 127.0.0.1;
          upstream edge { server localhost:1; server a.invalid:81 backup; }
          server {
            location /1 { proxy_pass https://b.invalid:82/x; }
            location /2 { proxy_pass http://edge; }
            location /3 { proxy_pass http://$host; }
            location /4 { set $memcached_key x; memcached_pass c.invalid:83; }
            location /5 { proxy_pass http://unix:/tmp/x:/y; }
            location /7 { proxy_pass http://EDGE; }
            location /8 { proxy_pass http://edge:88; }
            location /6 { proxy_pass http://[::1]:1; }
          }
        }
        """;
    Path conf = Files.writeString(folder.resolve("nginx.conf"), text);
    assertThat(run("serve", "-t", "-c", conf.toString())).isEqualTo(1);
    String at = "banyan: [emerg] " + conf + ":";
    assertThat(err.toString().lines())
        .containsExactly(
            at + "3: host not found in syslog server \"log.invalid:99\"",
            at + "5: host not found in upstream \"a.invalid:81\"",
            at + "7: host not found in upstream \"b.invalid\"",
            at + "10: host not found in upstream \"c.invalid\"",
            at + "13: upstream \"edge\" may not have port 88",
            "banyan: configuration file " + conf + " test failed");
  }

  @Test
  void aTestedConfMustHaveItsCertificates() throws IOException {
    String text =
        """
        events {}
        http {
          server {
            listen 127.0.0.1:1 ssl;
            ssl_certificate none.crt;
            ssl_certificate_key none.key;
          }
        }
        """;
    Path conf = Files.writeString(folder.resolve("nginx.conf"), text);
    assertThat(run("serve", "-t", "-c", conf.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("[emerg]").contains("none.crt").contains("test failed");
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

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "<html>", "{\"a", ""})
  void aRollBackThatSomethingElseAnswersHasNotHappened(String body) throws IOException {
    Files.writeString(folder.resolve("nginx.conf"), "events {}\n");
    Path file = yaml("conf: nginx.conf\n");
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(folder.resolve("state/admin-token"), "t0ken\n");
    try (ServerSocket other = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerOnce(other, body));
      int code =
          run(
              "rollback",
              "edge.waf",
              "--why",
              "pager",
              "--config",
              file.toString(),
              "--admin",
              "http://127.0.0.1:" + other.getLocalPort());
      assertThat(code).as(err.toString() + out).isEqualTo(3);
    }
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).containsAnyOf("something else does", "tells of no change");
  }

  private static void answerOnce(ServerSocket server, String body) {
    try (Socket socket = server.accept()) {
      InputStream in = socket.getInputStream();
      byte[] request = new byte[4096];
      while (in.read(request) > 0 && in.available() > 0) {
        // until there is no more
      }
      String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
