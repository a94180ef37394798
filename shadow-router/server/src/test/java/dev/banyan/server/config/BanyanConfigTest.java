package dev.banyan.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.banyan.api.FailMode;
import dev.banyan.api.Mode;
import dev.banyan.host.Breaker;
import dev.banyan.host.CallRules;
import dev.banyan.router.parity.Lenience;
import dev.banyan.router.parity.Redactor;
import dev.banyan.server.samples.StoreRules;
import java.io.IOException;
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
  private ConfigFolder in;

  @BeforeEach
  void legacy() throws IOException {
    in = ConfigFolder.in(folder);
  }

  @Test
  void oneKeyIsEnoughAndTheRestHasDefaults() throws IOException {
    BanyanConfig config = in.load("conf: nginx.conf\n");

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
        in.load(
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
            in.problems(
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
    assertThat(in.problems("conf: nginx.conf\nmodules: [a\n"))
        .singleElement()
        .asString()
        .startsWith("banyan.yaml:3: is not YAML");
  }

  @Test
  void aKeyGivenTwiceIsAProblem() {
    assertThat(in.problems("conf: nginx.conf\nconf: nginx.conf\n"))
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
}
