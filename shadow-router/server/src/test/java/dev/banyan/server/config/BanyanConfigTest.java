package dev.banyan.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.banyan.api.FailMode;
import dev.banyan.api.Mode;
import dev.banyan.host.Breaker;
import dev.banyan.host.CallRules;
import dev.banyan.router.parity.Lenience;
import dev.banyan.router.parity.ParityRule;
import dev.banyan.router.parity.Redactor;
import dev.banyan.server.samples.StoreRules;
import dev.banyan.server.traces.TraceRules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BanyanConfigTest {
  @TempDir Path folder;

  @BeforeEach
  void legacy() throws IOException {
    Files.writeString(folder.resolve("nginx.conf"), "events {}\n");
  }

  private BanyanConfig load(String yaml) throws IOException {
    Path file = folder.resolve("banyan.yaml");
    Files.writeString(file, yaml);
    return BanyanConfig.load(file);
  }

  private List<String> problems(String yaml) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> load(yaml));
    return e.problems().stream()
        .map(problem -> problem.toString().substring(folder.toString().length() + 1))
        .toList();
  }

  @Test
  void oneKeyIsEnoughAndTheRestHasDefaults() throws IOException {
    BanyanConfig config = load("conf: nginx.conf\n");

    assertThat(config.conf()).isEqualTo(folder.resolve("nginx.conf"));
    assertThat(config.prefix()).isEqualTo(folder);
    assertThat(config.tenantVariable()).isEqualTo("host");
    assertThat(config.stateDir()).isEqualTo(folder.resolve("state"));
    assertThat(config.admin())
        .isEqualTo(new AdminConfig("127.0.0.1", 9901, folder.resolve("state/admin-token")));
    assertThat(config.shadow()).isEqualTo(new ShadowConfig(1, 1024, 10, Duration.ofMillis(2), 200));
    assertThat(config.parity())
        .isEqualTo(
            new ParityConfig(
                List.of(),
                0.99,
                Set.of(),
                Redactor.Bodies.HIDDEN,
                new StoreRules(4, 8 << 20, Duration.ofDays(7)),
                true,
                true,
                0,
                0,
                List.of()));
    assertThat(config.drainTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.portsWatch()).isEqualTo(Duration.ZERO);
    assertThat(config.ports()).isEmpty();
    assertThat(config.modules()).isEmpty();
  }

  @Test
  void everyKeyIsRead() throws IOException {
    Files.createFile(folder.resolve("waf.jar"));
    Files.createDirectory(folder.resolve("jars"));
    Files.createFile(folder.resolve("jars/auth.jar"));

    BanyanConfig config =
        load(
            """
            conf: nginx.conf
            prefix: /srv/edge
            tenant: $tenant_id
            state-dir: var
            admin:
              listen: "[::1]:0"
              token-file: secret/token
            shadow:
              threads: 2
              queue: 64
              niceness: 19
              patience: 20ms
              samples: 10
            parity:
              class-key: [$tenant_tier, $scheme]
              target-percent: 99.95
              secret-names: x-edge-key
              keep-bodies: true
              store: {files: 2, max-size: 64k, keep: 36h}
              reproducers: false
              line-coverage: false
              noise-percent: 0.5
              path-percent: 12.5
              path-rules:
                - {at: upstream.header via, ignore: true, reason: the CDN's own, until: 2030-01-31}
            drain-timeout: 1500ms
            ports-watch: 5s
            ports: [waf.jar, jars]
            modules:
              edge.waf:
                fail-mode: closed
                deadline: 80ms
                max-concurrent: 12
                breaker: {failure-percent: 25, calls: 40, cool-down: 1m, probes: 3}
                mode: canary
                percent: 2.5
                salt: pepper
                sticky-key: [$cookie_session, $remote_addr]
                match:
                  tenant: [acme, zeta]
                  path: /api
                  header:
                    X-Beta: "1"
              edge.redirects:
                fail-mode: lua
            """);

    assertThat(config.prefix()).isEqualTo(Path.of("/srv/edge"));
    assertThat(config.tenantVariable()).isEqualTo("tenant_id");
    assertThat(config.admin())
        .isEqualTo(new AdminConfig("[::1]", 0, folder.resolve("secret/token")));
    assertThat(config.shadow()).isEqualTo(new ShadowConfig(2, 64, 19, Duration.ofMillis(20), 10));
    assertThat(config.parity())
        .isEqualTo(
            new ParityConfig(
                List.of("tenant_tier", "scheme"),
                0.9995,
                Set.of("x-edge-key"),
                Redactor.Bodies.KEPT,
                new StoreRules(2, 64 << 10, Duration.ofHours(36)),
                false,
                false,
                0.005,
                0.125,
                config.parity().pathRules()));
    assertThat(config.parity().pathRules())
        .singleElement()
        .satisfies(rule -> {
          assertThat(rule.at()).hasToString("upstream.header via");
          assertThat(rule.lenience()).isEqualTo(new Lenience.Ignore());
          assertThat(rule.until()).isEqualTo(LocalDate.of(2030, 1, 31));
        });
    assertThat(config.drainTimeout()).isEqualTo(Duration.ofMillis(1500));
    assertThat(config.portsWatch()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.ports())
        .containsExactly(folder.resolve("waf.jar"), folder.resolve("jars/auth.jar"));
    ModuleConfig waf = Objects.requireNonNull(config.modules().get("edge.waf"));
    assertThat(waf.rules())
        .isEqualTo(
            new CallRules(
                FailMode.CLOSED,
                Duration.ofMillis(80),
                12,
                new Breaker.Rules(0.25, 40, Duration.ofMinutes(1), 3)));
    assertThat(Objects.requireNonNull(config.modules().get("edge.redirects")).rules())
        .isEqualTo(
            new CallRules(
                FailMode.LUA,
                Duration.ofMillis(250),
                256,
                new Breaker.Rules(0.5, 20, Duration.ofSeconds(10), 10)));
    assertThat(waf.initial().mode()).isEqualTo(Mode.CANARY);
    assertThat(waf.initial().share().percent()).isEqualTo(2.5);
    assertThat(waf.initial().salt()).isEqualTo("pepper");
    assertThat(waf.initial().match().toString())
        .isEqualTo("tenant=acme tenant=zeta path=/api header.x-beta=1");
    assertThat(waf.stickyKeys()).containsExactly("cookie_session", "remote_addr");
  }

  @Test
  void allProblemsAreFoundAtOnceEachWithItsLineAndTheWayOut() {
    assertThat(
            problems(
                """
                conf: nowhere.conf
                colour: blue
                tenant: acme
                admin:
                  listen: 0.0.0.0:9901
                drain-timeout: 30
                shadow:
                  queue: -1
                ports: missing.jar
                modules:
                  edge.waf:
                    mode: canary
                  edge.auth:
                    fail-mode: maybe
                    percent: 140
                    mode: shadw
                """))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("banyan.yaml:1: conf ").contains("no file"),
            line -> assertThat(line).startsWith("banyan.yaml:2: unknown key \"colour\""),
            line -> assertThat(line).startsWith("banyan.yaml:3: ").contains("nginx variable"),
            line -> assertThat(line).startsWith("banyan.yaml:5: ").contains("loopback"),
            line -> assertThat(line).startsWith("banyan.yaml:6: ").contains("unit"),
            line -> assertThat(line).startsWith("banyan.yaml:8: ").contains("1 to 100000"),
            line -> assertThat(line).startsWith("banyan.yaml:9: ").contains("neither a jar"),
            line -> assertThat(line).startsWith("banyan.yaml:11: ").contains("fail-mode"),
            line -> assertThat(line).startsWith("banyan.yaml:12: ").contains("percent"),
            line -> assertThat(line).startsWith("banyan.yaml:14: ").contains("open, closed, lua"),
            line -> assertThat(line).startsWith("banyan.yaml:15: ").contains("canary"),
            line -> assertThat(line).startsWith("banyan.yaml:15: ").contains("0 to 100"),
            line ->
                assertThat(line)
                    .startsWith("banyan.yaml:16: ")
                    .contains("lua, shadow, canary, java"));
  }

  @Test
  void textThatIsNoYamlIsSaidWithItsLine() {
    assertThat(problems("conf: nginx.conf\nmodules: [a\n"))
        .singleElement()
        .asString()
        .startsWith("banyan.yaml:3: is not YAML");
  }

  @Test
  void aKeyGivenTwiceIsAProblem() {
    assertThat(problems("conf: nginx.conf\nconf: nginx.conf\n"))
        .singleElement()
        .asString()
        .startsWith("banyan.yaml:2: key \"conf\" is given twice");
  }

  @Test
  void aMissingFileSaysHowToNameAnother() {
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class, () -> BanyanConfig.load(folder.resolve("none.yaml")));
    assertThat(e).hasMessageContaining("no such file").hasMessageContaining("--config");
  }

  @Test
  void aParityThatNothingCanProveIsRefused() {
    assertThat(
            problems(
                """
                conf: nginx.conf
                parity:
                  class-key: [$a, $b, $c, $d, $e]
                  target-percent: 100
                """))
        .containsExactly(
            "banyan.yaml:3: \"class-key: 5 variables\" is not accepted: expected at most 4",
            "banyan.yaml:4: \"target-percent: 100\" is not accepted: expected above 0 and below"
                + " 100: no number of calls proves 100");
    assertThat(problems("conf: nginx.conf\nparity:\n  class-key: tier\n  target: 1\n"))
        .containsExactly(
            "banyan.yaml:3: \"class-key: tier\" is not accepted: expected an nginx variable such as"
                + " $remote_addr or $cookie_session",
            "banyan.yaml:4: unknown key \"target\" in \"parity\": expected class-key,"
                + " keep-bodies, line-coverage, noise-percent, path-percent, path-rules, reproducers,"
                + " secret-names, store, target-percent");
  }

  @Test
  void tracesNameTheirCollectorAndAreOffWithoutTheSection() throws IOException {
    assertThat(load("conf: nginx.conf\n").traces()).isNull();
    assertThat(
            load("conf: nginx.conf\ntraces: {endpoint: \"http://[::1]:4318/v1/traces\"}\n")
                .traces())
        .isEqualTo(
            new TraceRules(
                URI.create("http://[::1]:4318/v1/traces"), 0.01, false, 2_048, "banyan"));
    assertThat(
            load("""
            conf: nginx.conf
            traces:
              endpoint: https://collector.example/v1/traces
              sample-percent: 12.5
              propagate: true
              queue: 10
              service-name: edge-1
            """)
                .traces())
        .isEqualTo(
            new TraceRules(
                URI.create("https://collector.example/v1/traces"), 0.125, true, 10, "edge-1"));
    assertThat(problems("conf: nginx.conf\ntraces:\n  sample-percent: 200\n  queue: 0\n"))
        .containsExactly(
            "banyan.yaml:2: \"traces\" has no \"endpoint\": name a collector, such as"
                + " http://127.0.0.1:4318/v1/traces, or remove the section",
            "banyan.yaml:3: \"sample-percent: 200\" is not accepted: expected a number from 0 to 100",
            "banyan.yaml:4: \"queue: 0\" is not accepted: expected a whole number from 1 to 1000000");
    assertThat(problems("conf: nginx.conf\ntraces: {endpoint: \"127.0.0.1:4318\", rate: 1}\n"))
        .containsExactly(
            "banyan.yaml:2: unknown key \"rate\" in \"traces\": expected endpoint, propagate, queue,"
                + " sample-percent, service-name",
            "banyan.yaml:2: \"endpoint: 127.0.0.1:4318\" is not accepted: expected a whole http or"
                + " https URL, such as http://127.0.0.1:4318/v1/traces");
  }

  @Test
  void linesOfTheLogAreComparedForModulesThatAsk() throws IOException {
    BanyanConfig config =
        load(
            """
            conf: nginx.conf
            modules:
              edge.waf: {fail-mode: lua, compare-log: true}
              edge.bot: {fail-mode: lua}
            """);
    assertThat(Objects.requireNonNull(config.modules().get("edge.waf")).comparesLog()).isTrue();
    assertThat(Objects.requireNonNull(config.modules().get("edge.bot")).comparesLog()).isFalse();
    assertThat(
            problems(
                "conf: nginx.conf\nmodules:\n  edge.waf: {fail-mode: lua, compare-log: some}\n"))
        .containsExactly(
            "banyan.yaml:3: \"compare-log: some\" is not accepted: expected true or false");
  }

  @Test
  void aSecretIsNoClassKey() {
    assertThat(problems("conf: nginx.conf\nparity:\n  class-key: $http_authorization\n"))
        .containsExactly(
            "banyan.yaml:3: \"class-key: $http_authorization\" is not accepted: expected a variable"
                + " that is no secret: it would be shown");
    assertThat(problems("conf: nginx.conf\nparity: {keep-bodies: some, secret-names: [ab]}\n"))
        .hasSize(2);
    assertThat(problems("conf: nginx.conf\nparity: {store: {files: -1, max-size: 1k, keep: 9}}\n"))
        .hasSize(3);
  }

  @Test
  void parityRulesAreReadWithTheirReasonsAndDays() throws IOException {
    List<ParityRule> rules =
        Objects.requireNonNull(
                load("""
                conf: nginx.conf
                modules:
                  edge.waf:
                    fail-mode: lua
                    parity-rules:
                      - {at: "results[*].took", tolerate: 0.5, reason: rounds, until: 2030-01-31}
                      - at: effects.response header date
                        function: log
                        tolerate: 2s
                        reason: clocks
                        until: 2030-02-01
                      - {at: "*", normalise: case, reason: x, until: 2030-01-31}
                      - {at: "*", ignore: true, reason: x, until: 2030-01-31}
                """)
                    .modules()
                    .get("edge.waf"))
            .parityRules();

    assertThat(rules)
        .extracting(ParityRule::lenience)
        .containsExactly(
            new Lenience.Near(0.5),
            new Lenience.Within(Duration.ofSeconds(2)),
            new Lenience.Normalised(Lenience.Form.CASE),
            new Lenience.Ignore());
    assertThat(rules.get(1).function()).isEqualTo("log");
    assertThat(rules.get(1).until()).isEqualTo(LocalDate.of(2030, 2, 1));
    assertThat(rules.get(1).line()).isEqualTo(7);
  }

  @Test
  void aParityRuleWithoutReasonDayOrWayIsRefused() {
    assertThat(
            problems(
                """
                conf: nginx.conf
                modules:
                  edge.waf:
                    fail-mode: lua
                    parity-rules:
                      - {at: x, ignore: true, until: 2030-01-31}
                      - {at: x, ignore: true, reason: y, until: soon}
                      - {at: x, reason: y, until: 2030-01-31}
                      - {at: x, ignore: true, tolerate: 1, reason: y, until: 2030-01-31}
                      - {at: x, normalise: colour, reason: y, until: 2030-01-31}
                      - {ignore: false, reason: y, until: 2030-01-31}
                      - {at: x, tolerate: much, reason: y, until: 2030-01-31, who: me}
                """))
        .satisfiesExactly(
            p -> assertThat(p).startsWith("banyan.yaml:6:").contains("no \"reason\""),
            p -> assertThat(p).startsWith("banyan.yaml:7:").contains("until: soon"),
            p -> assertThat(p).startsWith("banyan.yaml:8:").contains("exactly one of"),
            p -> assertThat(p).startsWith("banyan.yaml:9:").contains("exactly one of"),
            p -> assertThat(p).startsWith("banyan.yaml:10:").contains("case, space, order"),
            p -> assertThat(p).startsWith("banyan.yaml:11:").contains("no \"at\""),
            p -> assertThat(p).startsWith("banyan.yaml:11:").contains("ignore: false"),
            p ->
                assertThat(p)
                    .startsWith("banyan.yaml:12:")
                    .contains("tolerate: much", "a number such as 0.5"),
            p -> assertThat(p).startsWith("banyan.yaml:12:").contains("unknown key \"who\""));
  }
}
