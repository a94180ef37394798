package dev.banyan.router.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  private final Redactor redactor =
      new Redactor(new byte[32], Set.of("x-edge-key"), Redactor.Bodies.HIDDEN);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer mF_9.B5f-4.1JqM",
        "basic dXNlcjpwYXNz",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
        "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "8f14e45fceea167a5a36dedd4bea2543",
        "550e8400-e29b-41d4-a716-446655440000",
        "4111 1111 1111 1111",
        "%204111111111111111",
        "qzxwvkjhgfdsptrbnmlk",
        "xoxb-17653672481-19874698323",
        "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY"
      })
  void whatLooksLikeASecretIsHiddenWhereverItStands(String secret) {
    for (String around :
        List.of("%s", "a %s b", "{\"x\":\"%s\"}", "/a?b=%s&c=d", "k: %s", "<a href='%s'>")) {
      String clean = redactor.text(around.formatted(secret));
      assertThat(clean).as(around).contains("[redacted, ").doesNotContain(secret.substring(8));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/products/summer-sale-2024-collection/reviews",
        "/static/javascripts/application-controller.js",
        "effects.response header strict-transport-security",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)",
        "max-age=31536000; includeSubDomains",
        "Fri, 01 May 2026 10:00:00 GMT",
        "access · free · GET ~ \\.php$ · exit 403",
        "internationalisation-and-localisation",
        "1730000000124"
      })
  void whatPeopleWroteStaysReadable(String text) {
    assertThat(redactor.text(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password=hunter2",
        "\"password\": \"hunter2\"",
        "'api_key':'hunter2'",
        "x_token=hunter2&y=1",
        "session_id:hunter2",
        "pw=hunter2",
        "password%3Dhunter2",
        "/?u=https%3A%2F%2Fann%3Ahunter2%40host",
        "/?u=https%253A%252F%252Fann%253Ahunter2%2540host",
        "Cookie: theme=dark; id=hunter2",
        "Authorization: Custom a hunter2",
        "https://ann:hunter2@host/",
        "/https:/ann:hunter2@host/",
        "X-Edge-Key=hunter2",
        "user[password]=hunter2",
        "user%5Bpassword%5D=hunter2",
        "x_auth=hunter2",
        "pass=hunter2&y=1",
        "password=a'b(c)hunter2",
        "\"password\": \"a\\\"hunter2\"",
        "body: {\\\"password\\\":\\\"hunter2\\\",\\\"a\\\":1}",
        "\"tokens\": [\"a\", \"hunter2\"]",
        "\"session\": {\"user\": {\"id\": 1}, \"pin\": \"hunter2\"}",
        "name=\"password\"\r\n\r\nhunter2\r\n--x",
        "name=\"password\"\\r\\n\\r\\nhunter2\\r\\n--x",
        "name=\"a[passwd]\"\r\nContent-Type: text/plain\r\n\r\na\r\nhunter2\r\n--x--",
        "<wsse:Password Type=\"text\">hunter2</wsse:Password>"
      })
  void shortSecretsGoByTheirNames(String text) {
    assertThat(redactor.text(text)).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pwd", "userPwd", "X-Auth", "auth", "sig", "pw", "pass", "user_pass", "PHPSESSID"})
  void whatHidesInATextHidesAsAFieldToo(String name) {
    assertThat(String.valueOf(redactor.redact(Map.of(name, "hunter2")))).doesNotContain("hunter2");
    assertThat(redactor.text(name + "=hunter2")).doesNotContain("hunter2");
    assertThat(redactor.redact(Map.of("auth", Map.of("mode", "none"))))
        .isEqualTo(Map.of("auth", Map.of("mode", "none")));
    assertThat(redactor.redact(Map.of("author", "ann", "bypass", "b", "signal", "c")))
        .isEqualTo(Map.of("author", "ann", "bypass", "b", "signal", "c"));
  }

  @Test
  void whatFollowsASecretStaysReadable() {
    String text =
        "{\"user\": \"ann\", \"password\": \"x\\\"y\", \"a\": [1]} <a href='/?token=q'>here</a>";
    assertThat(redactor.text(text)).contains("\"ann\"", ", \"a\": [1]}", "'>here</a>");
  }

  @Test
  void whatIsBelowASecretsNameIsSecretToo() {
    Object clean =
        redactor.redact(
            Map.of(
                "session", Map.of("user", "hunter2", "pin", 1234.0, "list", List.of("hunter2")),
                "x-edge-key", "hunter2",
                "name", "ann"));
    assertThat(String.valueOf(clean)).doesNotContain("hunter2", "1234.0").contains("ann");
  }

  @Test
  void equalSecretsAreSeenToBeEqualAndOthersNot() {
    assertThat(redactor.redact("token", "a")).isEqualTo(redactor.redact("token", "a"));
    assertThat(redactor.redact("token", "a")).isNotEqualTo(redactor.redact("token", "b"));
    byte[] other = {1};
    assertThat(new Redactor(other, Set.of(), Redactor.Bodies.HIDDEN).redact("token", "a"))
        .isNotEqualTo(redactor.redact("token", "a"));
  }

  @Test
  void aBodyIsHiddenAndTheFirstOctetThatDiffersTold() {
    Difference hidden =
        redactor
            .redact(List.of(new Difference("effects.body", "x".repeat(700), "x".repeat(650) + "y")))
            .getFirst();
    assertThat(String.valueOf(hidden.control()))
        .startsWith("[body, 700 octets, #")
        .endsWith(", differs from octet 651]");
    Redactor keeping = new Redactor(new byte[32], Set.of(), Redactor.Bodies.KEPT);
    assertThat(keeping.redact("body", "plain words")).isEqualTo("plain words");
  }

  @Test
  void aLateDifferenceOfLongTextsIsShown() {
    Difference shown =
        redactor
            .redact(
                List.of(
                    new Difference("results[1]", "a ".repeat(900) + "L", "a ".repeat(900) + "J")))
            .getFirst();
    assertThat(String.valueOf(shown.control())).startsWith("… 1736 before …").endsWith("a L");
    assertThat(String.valueOf(shown.candidate())).endsWith("a J");
  }

  @Test
  void keysOfTablesAreCleanedToo() {
    String clean = String.valueOf(redactor.redact(Map.of("8f14e45fceea167a5a36dedd4bea2543", 1)));
    assertThat(clean).doesNotContain("8f14e45f").contains("[redacted, 32 octets");
  }

  @Test
  void hostileTextDoesNotHoldTheShadowUp() {
    for (String piece :
        List.of(
            "a",
            "token",
            "token=",
            "token={",
            "token=[{",
            "token=\"\\",
            "token=\\\"",
            "name=\"pwd\"\n\n",
            "<pwd ",
            "<pwd>",
            "Bearer ",
            "-----BEGIN ",
            "1 ",
            "eyJ",
            "/")) {
      String text = piece.repeat(1_000_000 / piece.length());
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () ->
              assertThat(Objects.requireNonNull(redactor.redact(text)).toString())
                  .hasSizeLessThan(100_000));
    }
  }
}
