package dev.banyan.server.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.ModuleField;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.host.ModuleHost;
import dev.banyan.nginx.NginxConf;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused of a declared pipeline, with the line to look at. */
final class PipelineCheckTest {
  private static final String CONF =
      """
      events {}
      http {
        server {
          server_name one;
          access_by_lua_block { require('m').access() }
          location / { }
          location = /x { access_by_lua_block { require('m').access() } }
        }
        server { server_name two; listen 81; access_by_lua_block { require('m').access() } }
      }
      """;

  @TempDir Path folder = Path.of("");

  /** Answers a handler, a function, and one that needs Lua's table. */
  @LuaModule("m")
  static final class Some implements Port {
    /** Lua's own. */
    record Fields(@ModuleField("LIMIT") double limit) {}

    @Handler(value = "access", phase = Phase.ACCESS)
    Decision access() {
      return Decision.next();
    }

    @Function("uid")
    String uid() {
      return "1";
    }

    @Handler("fields")
    Decision fields(Fields in) {
      return in.limit > 0 ? Decision.next() : Decision.decline("no limit");
    }
  }

  private List<String> problems(String pipeline) throws IOException {
    Files.writeString(folder.resolve("nginx.conf"), CONF);
    Path file = folder.resolve("banyan.yaml");
    Files.writeString(
        file, "conf: nginx.conf\nmodules: {m: {fail-mode: lua}, n: {fail-mode: lua}}\n" + pipeline);
    try {
      NginxConf conf = NginxConf.load(folder.resolve("nginx.conf"), folder);
      PipelineCheck.require(BanyanConfig.load(file), conf, ModuleHost.of(List.of(new Some())));
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream()
          .map(ConfigProblem::toString)
          .map(text -> text.substring(text.indexOf("banyan.yaml:") + "banyan.yaml:".length()))
          .toList();
    }
  }

  @Test
  void handlersAreNamedAsTheNginxConfWritesThem() throws IOException {
    assertThat(
            problems(
                """
                pipeline:
                  - {handler: access_by_lua, server: one, calls: [m.access, m.uid]}
                  - {handler: access_by_lua, server: two, calls: m.access}
                  - {handler: access_by_lua, location: =/x, calls: []}
                """))
        .isEmpty();
  }

  @Test
  void aHandlerThatIsNotThereOrNotTheOnlyOneIsRefused() throws IOException {
    assertThat(
            problems(
                """
                pipeline:
                  - {handler: access_by_lua, calls: []}
                  - {handler: access_by_lua, location: /, calls: []}
                  - {handler: access_by_lua, server: two, calls: []}
                  - {handler: access_by_lua, server: two, calls: []}
                  - {handler: balancer_by_lua, upstream: u, calls: []}
                """))
        .satisfiesExactly(
            one -> assertThat(one).startsWith("4: pipeline: names more than one handler: add"),
            two ->
                assertThat(two)
                    .startsWith(
                        "5: pipeline: names access_by_lua of location /, which the nginx.conf"
                            + " doesn't have: expected access_by_lua of server one (nginx.conf:5), "),
            three ->
                assertThat(three).startsWith("7: pipeline: declares access_by_lua of server two"),
            four -> assertThat(four).startsWith("8: pipeline: ").endsWith(": there is none"));
  }

  @Test
  void aCallThatNoPortAnswersIsRefused() throws IOException {
    assertThat(
            problems(
                """
                pipeline:
                  - handler: access_by_lua
                    server: one
                    calls:
                      - m.nothing
                      - n.access
                      - other.access
                      - m.fields
                """))
        .containsExactly(
            "7: pipeline: \"calls\": m.nothing is nothing that its port answers: expected one of"
                + " [access, fields, uid]",
            "8: pipeline: \"calls\": n.access has no port: list the jar of n under \"ports\"",
            "9: pipeline: \"calls\": other.access is of a module that \"modules\" doesn't list: add"
                + " other there",
            "10: pipeline: \"calls\": m.fields needs Lua: its port reads the fields [LIMIT] of the"
                + " Lua module (@ModuleField)");
  }

  @Test
  void aPhaseThatThePortDoesNotAnswerInIsRefused() throws IOException {
    assertThat(problems("pipeline:\n  - {handler: log_by_lua, calls: [m.access]}\n"))
        .contains("4: pipeline: \"calls\": m.access is not answered by its port in log_by_lua");
  }

  @Test
  void aDeclarationThatIsNoneIsRefused() throws IOException {
    assertThat(
            problems(
                """
                pipeline:
                  - {calls: []}
                  - {handler: access_by_lua_block, calls: [access]}
                  - {handler: set_by_lua, calls: []}
                  - {handler: log_by_lua, variable: $x, place: here}
                """))
        .satisfiesExactly(
            one -> assertThat(one).startsWith("4: \"handler\" is missing: expected set_by_lua, "),
            two ->
                assertThat(two).startsWith("5: \"handler: access_by_lua_block\" is not accepted"),
            three -> assertThat(three).contains("5: ", "call \"access\" is not accepted"),
            four -> assertThat(four).startsWith("6: \"variable\" must name what set_by_lua sets"),
            five -> assertThat(five).startsWith("7: \"calls\" is missing"),
            six -> assertThat(six).startsWith("7: unknown key \"place\""),
            seven -> assertThat(seven).startsWith("7: \"variable\" goes with set_by_lua only"));
  }
}
