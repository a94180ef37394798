package dev.banyan.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.router.parity.Lenience;
import dev.banyan.router.parity.ParityRule;
import dev.banyan.server.traces.TraceRules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sections on what is compared and what is told of it. */
class ComparisonConfigTest {
  @TempDir Path folder;
  private ConfigFolder in;

  @BeforeEach
  void legacy() throws IOException {
    in = ConfigFolder.in(folder);
  }

  @Test
  void aParityThatNothingCanProveIsRefused() {
    assertThat(
            in.problems(
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
    assertThat(in.problems("conf: nginx.conf\nparity:\n  class-key: tier\n  target: 1\n"))
        .containsExactly(
            "banyan.yaml:3: \"class-key: tier\" is not accepted: expected an nginx variable such as"
                + " $remote_addr or $cookie_session",
            "banyan.yaml:4: unknown key \"target\" in \"parity\": expected class-key,"
                + " keep-bodies, line-coverage, noise-percent, path-percent, path-rules, reproducers,"
                + " secret-names, store, target-percent");
  }

  @Test
  void tracesNameTheirCollectorAndAreOffWithoutTheSection() throws IOException {
    assertThat(in.load("conf: nginx.conf\n").traces()).isNull();
    assertThat(
            in.load("conf: nginx.conf\ntraces: {endpoint: \"http://[::1]:4318/v1/traces\"}\n")
                .traces())
        .isEqualTo(
            new TraceRules(
                URI.create("http://[::1]:4318/v1/traces"), 0.01, false, 2_048, "banyan"));
    assertThat(
            in.load(
                    """
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
    assertThat(in.problems("conf: nginx.conf\ntraces:\n  sample-percent: 200\n  queue: 0\n"))
        .containsExactly(
            "banyan.yaml:2: \"traces\" has no \"endpoint\": name a collector, such as"
                + " http://127.0.0.1:4318/v1/traces, or remove the section",
            "banyan.yaml:3: \"sample-percent: 200\" is not accepted: expected a number from 0 to 100",
            "banyan.yaml:4: \"queue: 0\" is not accepted: expected a whole number from 1 to 1000000");
    assertThat(in.problems("conf: nginx.conf\ntraces: {endpoint: \"127.0.0.1:4318\", rate: 1}\n"))
        .containsExactly(
            "banyan.yaml:2: unknown key \"rate\" in \"traces\": expected endpoint, propagate, queue,"
                + " sample-percent, service-name",
            "banyan.yaml:2: \"endpoint: 127.0.0.1:4318\" is not accepted: expected a whole http or"
                + " https URL, such as http://127.0.0.1:4318/v1/traces");
  }

  @Test
  void linesOfTheLogAreComparedForModulesThatAsk() throws IOException {
    BanyanConfig config =
        in.load(
            """
            conf: nginx.conf
            modules:
              edge.waf: {fail-mode: lua, compare-log: true}
              edge.bot: {fail-mode: lua}
            """);
    assertThat(Objects.requireNonNull(config.modules().get("edge.waf")).comparesLog()).isTrue();
    assertThat(Objects.requireNonNull(config.modules().get("edge.bot")).comparesLog()).isFalse();
    assertThat(
            in.problems(
                "conf: nginx.conf\nmodules:\n  edge.waf: {fail-mode: lua, compare-log: some}\n"))
        .containsExactly(
            "banyan.yaml:3: \"compare-log: some\" is not accepted: expected true or false");
  }

  @Test
  void aSecretIsNoClassKey() {
    assertThat(in.problems("conf: nginx.conf\nparity:\n  class-key: $http_authorization\n"))
        .containsExactly(
            "banyan.yaml:3: \"class-key: $http_authorization\" is not accepted: expected a variable"
                + " that is no secret: it would be shown");
    assertThat(in.problems("conf: nginx.conf\nparity: {keep-bodies: some, secret-names: [ab]}\n"))
        .hasSize(2);
    assertThat(
            in.problems("conf: nginx.conf\nparity: {store: {files: -1, max-size: 1k, keep: 9}}\n"))
        .hasSize(3);
  }

  @Test
  void parityRulesAreReadWithTheirReasonsAndDays() throws IOException {
    List<ParityRule> rules =
        Objects.requireNonNull(
                in.load(
                        """
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
            in.problems(
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
