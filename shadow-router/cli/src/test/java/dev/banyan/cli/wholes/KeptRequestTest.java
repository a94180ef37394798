package dev.banyan.cli.wholes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Request;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class KeptRequestTest {
  private static final KeptRequest KEPT =
      new KeptRequest(
          new JsonMapper()
              .readTree(
                  """
                  {"request": {"method": "POST", "target": "/a?password=[redacted, 7 octets, #1f]&b=c",
                               "headers": [["Host", "shop"], ["Cookie", "[redacted, 9 octets, #2e]"]],
                               "body": "[body, 3 octets, #3d]"},
                   "origin": {"status": 404, "headers": [["X-A", "1"]], "body": "none"},
                   "world": {"millis": 1}}
                  """));

  @Test
  void whatStandsForASecretCanStandInARequestLine() {
    Request request = KEPT.asCase("1a2b3c4d", "why").steps().getFirst().request();
    assertThat(request.target()).isEqualTo("/a?password=[redacted,%207%20octets,%20%231f]&b=c");
    assertThat(request.value("Cookie")).hasValue("[redacted, 9 octets, #2e]");
    assertThat(request.body()).isEqualTo("[body, 3 octets, #3d]");
  }

  @Test
  void theOriginAnswersAsItDidAndTheWorldStaysWithASmallerRequest() {
    Case one = KEPT.asCase("1a2b3c4d", "why");
    assertThat(one.steps().getFirst().origin().status()).isEqualTo(404);
    Case smaller = one.withRequest(0, Request.of("GET", "/a", "shop"));
    assertThat(new JsonMapper().valueToTree(KEPT.with(smaller)).toString())
        .contains("\"target\":\"/a\"", "[\"Host\",\"shop\"]", "\"status\":404", "\"millis\":1")
        .doesNotContain("body\":\"[body", "Cookie");
  }
}
