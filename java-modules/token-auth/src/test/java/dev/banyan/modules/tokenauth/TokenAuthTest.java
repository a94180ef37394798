package dev.banyan.modules.tokenauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.Decision.Verdict;
import dev.banyan.api.Effect;
import dev.banyan.testkit.PortTester;
import dev.banyan.testkit.TestCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenAuthTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final String SECRET = "s3cret-t001-9e3779b1";

  /** What the Lua module signs for user bob, expiry 1999999999, scopes read+write. */
  private static final String BOB =
      "v1.Ym9i.1999999999.read+write.83d1498bfcedbc4b64a7aa706a752b64299f2b27";

  private final PortTester port = PortTester.of(new TokenAuth(), NOW);

  private static TestCall call(String uri) {
    return TestCall.get(uri)
        .ctx(
            "tenant",
            Map.of(
                "auth",
                Map.of(
                    "mode",
                    "required",
                    "secret",
                    SECRET,
                    "scopes",
                    Map.of("/api/", "read", "/api/1/admin", "admin"))));
  }

  @Test
  void signsWhatLuaSigns() {
    assertThat(port.function("sign", "bob", 1999999999d, "read+write", SECRET).values())
        .containsExactly(BOB);
  }

  @Test
  void aGoodTokenSetsTheUserForTheOrigin() {
    Decision decision =
        port.handler("access", call("/api/x").header("Authorization", "Bearer " + BOB));
    assertThat(decision.verdict()).isEqualTo(new Verdict.Next());
    assertThat(decision.effects())
        .containsExactly(
            new Effect.RequestHeader("X-User", null),
            new Effect.RequestHeader("X-Scopes", null),
            new Effect.Context("user", "bob"),
            new Effect.Variable("auth_user", "bob"),
            new Effect.RequestHeader("X-User", "bob"),
            new Effect.RequestHeader("X-Scopes", "read+write"));
  }

  @Test
  void theLongestPrefixDecidesWhichScopeIsWanted() {
    Decision decision =
        port.handler("access", call("/api/1/admin/x").header("Authorization", "bearer  " + BOB));
    assertThat(decision.verdict())
        .isEqualTo(new Verdict.Respond(403, "{\"error\":\"scope admin is missing\"}\n"));
  }

  @Test
  void eachFaultOfATokenHasItsReason() {
    assertThat(port.function("verify", BOB, SECRET, 1e9).values())
        .isEqualTo(List.of("bob", 1999999999d, "read+write"));
    assertThat(port.function("verify", BOB, "other", 1e9).values())
        .containsExactly(null, "bad signature");
    assertThat(port.function("verify", BOB, SECRET, 2e9).values()).containsExactly(null, "expired");
    assertThat(port.function("verify", "v2." + BOB, SECRET, 1e9).values())
        .containsExactly(null, "malformed token");
  }

  @Test
  void withoutATokenARequiredTenantRefusesAndAnOptionalOneLetsPass() {
    assertThat(port.handler("access", call("/")).verdict())
        .isEqualTo(new Verdict.Respond(401, "{\"error\":\"missing token\"}\n"));
    TestCall optional = TestCall.get("/").ctx("tenant", Map.of("auth", Map.of("mode", "optional")));
    assertThat(port.handler("access", optional).verdict()).isEqualTo(new Verdict.Next());
  }
}
