package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code auth_basic_user_file} by its own schemes and by those of the system's crypt(). */
final class PasswordsTest {
  @TempDir Path prefix;

  private String answer(String stored, String password) throws IOException {
    try (Served served =
        Served.server(
            prefix,
            "",
            "location /in { auth_basic closed; auth_basic_user_file users; alias %s/users; }"
                .formatted(prefix))) {
      Files.writeString(prefix.resolve("users"), "someone:" + stored + "\n");
      byte[] pair = ("someone:" + password).getBytes(StandardCharsets.ISO_8859_1);
      String encoded = Base64.getEncoder().encodeToString(pair);
      return served.get("/in", "Authorization: Basic " + encoded + "\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{PLAIN}secret",
        "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=",
        "6nL3pxCwUfCIs",
        "$1$avq5lqJ9$lhfOupCv2yVJFl8JADY9R.",
        "$5$lzZ7vkkgy4fnXGUK$tZNOpnM0yv5WkHeW7kryrOA712GISV12xTQuBnjxBK0"
      })
  void onlyThePasswordThatWasStoredOpens(String stored) throws IOException {
    assumeTrue(stored.startsWith("{") || SystemCrypt.instance().isPresent(), "no crypt() here");
    assertThat(answer(stored, "secret")).startsWith("HTTP/1.1 200 ");
    assertThat(answer(stored, "other")).startsWith("HTTP/1.1 401 ");
    assertThat(answer(stored, "")).startsWith("HTTP/1.1 401 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*0", "*1", "*", "", "x", "$9$unknown$scheme"})
  void whatIsNoHashOpensToNobody(String stored) throws IOException {
    assertThat(answer(stored, stored)).startsWith("HTTP/1.1 401 ");
    assertThat(answer(stored, "secret")).startsWith("HTTP/1.1 401 ");
  }

  @Test
  void aPasswordEndsAtNoNul() throws IOException {
    assertThat(answer("$1$avq5lqJ9$lhfOupCv2yVJFl8JADY9R.", "secret\0"))
        .startsWith("HTTP/1.1 401 ");
  }
}
