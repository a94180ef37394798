package dev.banyan.modules.tokenauth;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Goldens;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenAuthGoldenTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_123L);
  private static final String SECRET = "s3cret-t001-9e3779b1";

  @Test
  void theVectorsAreWhatLuaMadeOfThem() {
    Map<String, TwinCall> calls = new LinkedHashMap<>();
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("good", Token.sign("bob", "1999999999", "read+write", SECRET));
    tokens.put(
        "of a user with odd octets", Token.sign("b b\n\u00e9/+", "1999999999", "read", SECRET));
    tokens.put("expiring now", Token.sign("bob", "1800000000", "read", SECRET));
    tokens.put("expiring in a second", Token.sign("bob", "1800000001", "read", SECRET));
    tokens.put("without scopes", Token.sign("bob", "1999999999", "", SECRET));
    tokens.put("signed by another", Token.sign("bob", "1999999999", "read", "other"));
    tokens.put("malformed", "v2.x");
    for (String mode : List.of("required", "optional", "none")) {
      calls.put(mode + ", no token", access("/", mode));
      tokens.forEach((name, token) -> {
        calls.put(
            mode + ", token " + name,
            access("/api/x", mode).header("Authorization", "Bearer " + token));
        calls.put(
            mode + ", cookie " + name,
            access("/api/1/admin/x", mode).header("Cookie", "a=b; edge_token=" + token));
      });
    }
    calls.put(
        "sign",
        TwinCall.get("/")
            .call(Phase.CONTENT, "edge.token_auth", "sign", "bob", 1999999999, "read", SECRET)
            .call(Phase.CONTENT, "edge.token_auth", "sign", "bob", "7", "", SECRET));
    calls.put("verify", verify(tokens.get("good"), SECRET, 1_000_000_000));
    calls.put("verify later", verify(tokens.get("good"), SECRET, 2_000_000_000));
    calls.put("verify with another secret", verify(tokens.get("good"), "other", 1));
    try (LuaTwins twins = LuaTwins.of(NOW, new TokenAuth())) {
      Goldens.check(twins, Path.of("src/test/resources/token-auth.golden"), calls);
    }
  }

  private static TwinCall verify(String token, String secret, int now) {
    return TwinCall.get("/").call(Phase.CONTENT, "edge.token_auth", "verify", token, secret, now);
  }

  private static TwinCall access(String path, String mode) {
    Map<String, Object> auth =
        Map.of(
            "mode",
            mode,
            "secret",
            SECRET,
            "scopes",
            Map.of("/api/", "read", "/api/1/admin", "admin"));
    return TwinCall.get(path)
        .header("X-User", "forged")
        .header("x-scopes", "forged")
        .tenant(Map.of("auth", auth))
        .call(Phase.ACCESS, "edge.token_auth", "access");
  }
}
