package dev.banyan.modules.tokenauth;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Draw;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Any input: the port leaves behind what Lua leaves behind. */
class TokenAuthPropertyTest {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new TokenAuth());

  @AfterAll
  static void close() {
    TWINS.close();
  }

  @Test
  void anyTokenOfAnyTenant() {
    Draw.cases(1_000, draw -> TWINS.alike(access(draw)));
  }

  @Test
  void whateverIsSignedOrVerified() {
    Draw.cases(
        500,
        draw -> {
          int expires = draw.number(0, 2_000_000_000);
          String scopes = draw.words(0, 3, "read", "+", "write", "R");
          String secret = "s" + draw.octets(80);
          TWINS.alike(
              TwinCall.get("/")
                  .call(
                      Phase.CONTENT,
                      "edge.token_auth",
                      "sign",
                      draw.octets(9),
                      expires,
                      scopes,
                      secret)
                  .call(
                      Phase.CONTENT, "edge.token_auth", "verify", token(draw), "secret", expires));
        });
  }

  private static TwinCall access(Draw draw) {
    Map<String, Object> auth =
        Map.of(
            "mode",
            draw.one(List.of("required", "optional", "none")),
            "secret",
            draw.one(List.of("secret", "another")),
            "scopes",
            draw.map(3, List.of("/", "/a", "/a/b", "/c"), List.of("read", "write", "r")));
    TwinCall call =
        TwinCall.get("/" + draw.words(0, 4, "a", "/", "b", "c", "%2f", "é"))
            .header("X-User", "forged")
            .tenant(Map.of("auth", auth));
    if (draw.flag()) {
      String scheme = draw.one(List.of("Bearer ", "bearer  ", "BEARER\t", "Basic ", ""));
      call.header("Authorization", scheme + token(draw) + draw.words(0, 2, " ", "x"));
    }
    if (draw.flag()) {
      call.header("Cookie", draw.words(0, 1, "a=b; ") + "edge_token=" + token(draw));
    }
    return call.call(Phase.ACCESS, "edge.token_auth", "access");
  }

  /** A good token, or one with a character too many, too few or changed. */
  private static String token(Draw draw) {
    String token =
        Token.sign(
            draw.octets(8),
            draw.one(List.of("1800000000", "1800000001", "999999999999", "0")),
            draw.words(0, 3, "read", "+", "write", "r"),
            draw.one(List.of("secret", "secret", "another")));
    int at = draw.number(0, token.length() - 1);
    return switch (draw.number(0, 5)) {
      case 0 -> token.substring(0, at) + draw.chars(0, 1, "A.=_-0") + token.substring(at + 1);
      case 1 -> token.substring(0, at) + draw.chars(1, 1, "A.=_-0") + token.substring(at);
      default -> token;
    };
  }
}
