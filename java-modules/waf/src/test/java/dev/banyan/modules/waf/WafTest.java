package dev.banyan.modules.waf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.Decision.Verdict;
import dev.banyan.api.Effect;
import dev.banyan.testkit.PortTester;
import dev.banyan.testkit.TestCall;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WafTest {
  private final PortTester port = PortTester.of(new Waf(), Instant.EPOCH);

  private static TestCall call(String target, String mode, double threshold) {
    return TestCall.get(target)
        .variable("request_uid", "cb4c5140a6f6ee732c25")
        .ctx("tenant", Map.of("waf", Map.of("mode", mode, "threshold", threshold)));
  }

  @Test
  void scoresAddUpInTheRulesOrderAndBlockAtTheThreshold() {
    Decision decision =
        port.handler("access", call("/x?q=<script>alert(1)</script>&b=union+select", "block", 10));
    assertThat(decision.verdict())
        .isEqualTo(
            new Verdict.Respond(
                403,
                "<html><head><title>Request blocked</title></head><body><h1>Request blocked</h1>"
                    + "<p>Reference: cb4c5140a6f6ee732c25 (18: 101,201,211)</p></body></html>\n"));
    assertThat(decision.effects())
        .contains(
            new Effect.Variable("waf_score", "18"),
            new Effect.Context("blocked_by", "waf"),
            new Effect.ResponseHeader("X-Edge-Reason", "waf"));
  }

  @Test
  void monitoringOnlyTellsTheOrigin() {
    Decision decision = port.handler("access", call("/x?q=<script>", "monitor", 5));
    assertThat(decision.verdict()).isEqualTo(new Verdict.Next());
    assertThat(decision.effects()).contains(new Effect.RequestHeader("X-WAF-Rules", "201,211"));
  }

  @Test
  void theBodyCountsForMethodsThatCarryOne() {
    byte[] body = "x=<?php echo 1; cat /etc/passwd".getBytes(StandardCharsets.ISO_8859_1);
    Decision posted = port.handler("access", call("/", "block", 100).method("POST").body(body));
    Decision got = port.handler("access", call("/", "block", 100).method("GET").body(body));
    assertThat(posted.effects()).contains(new Effect.Context("waf_rules", "311,405,505"));
    assertThat(got.effects()).contains(new Effect.Context("waf_rules", ""));
  }

  @Test
  void atenantWithoutFirewallIsLeftAlone() {
    assertThat(port.handler("access", call("/?q=<script>", "off", 1))).isEqualTo(Decision.next());
  }
}
