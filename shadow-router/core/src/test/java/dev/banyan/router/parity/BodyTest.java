package dev.banyan.router.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
  private static final String JSON = "application/json; charset=utf-8";

  private static List<Difference> differences(Body control, Body candidate, ParityRule... rules) {
    return Comparer.compare(answer(control), answer(candidate), List.of(rules)).differences();
  }

  private static PathAnswer answer(Body body) {
    return new PathAnswer("proxied", Map.of("response.body", body));
  }

  private static Body json(String text) {
    return new Body(octets(text.getBytes(StandardCharsets.UTF_8)), JSON, "");
  }

  private static String octets(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String packed(String encoding, int level, String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputStream packing =
        encoding.equals("deflate")
            ? new DeflaterOutputStream(out, new java.util.zip.Deflater(level))
            : new GZIPOutputStream(out) {
              {
                def.setLevel(level);
              }
            };
    try (packing) {
      packing.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return octets(out.toByteArray());
  }

  @Test
  void jsonCountsByWhatItSaysAndNotByHowItIsWritten() {
    assertThat(
            differences(
                json("{\"a\": 1.0, \"b\": [true, null], \"ä\": \"\\u00e4\"}"),
                json("{\"ä\":\"ä\",\"b\":[true,null],\"a\":1}")))
        .isEmpty();
    assertThat(
            differences(
                json("{\"user\": {\"name\": \"ann\", \"tags\": [1, 2]}}"),
                json("{\"user\": {\"name\": \"bob\", \"tags\": [1]}}")))
        .extracting(Difference::path)
        .containsExactly("response.body.user.name", "response.body.user.tags[2]");
  }

  @Test
  void numbersKeepAllTheirDigitsAndNullIsNotNothing() {
    assertThat(differences(json("[9007199254740993]"), json("[9007199254740992]"))).hasSize(1);
    assertThat(differences(json("{\"a\": null}"), json("{}"))).hasSize(1);
    assertThat(differences(json("null"), json(" null "))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"01", "+1", "1.", ".5", "1e", "-", "NaN", "{\"a\":1,\"a\":1}", "[1,]"})
  void whatOnlySomeReadersTakeIsNoJson(String text) {
    assertThat(differences(json("[" + text + "]"), json("[ " + text + "]")))
        .extracting(Difference::path)
        .containsExactly("response.body");
  }

  @Test
  void anArgumentOfAFormWithoutAValueIsNotAnEmptyOne() {
    assertThat(differences(form("a&b="), form("b=&a"))).isEmpty();
    assertThat(differences(form("a&b="), form("a=&b=")))
        .extracting(Difference::path)
        .containsExactly("response.body.a[1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void whatFollowsACompressedContentIsADifference(String encoding) throws IOException {
    String packed = packed(encoding, 1, "text ".repeat(500));
    for (String more : List.of("x", "more than a trailer has, and more than a header")) {
      assertThat(
              differences(
                  new Body(packed, "text/plain", encoding),
                  new Body(packed + more, "text/plain", encoding)))
          .as(more)
          .hasSize(1);
    }
    String twice = packed + packed;
    assertThat(
            differences(
                new Body(twice, "text/plain", "gzip"),
                new Body(packed(encoding, 9, "text ".repeat(500)) + packed, "text/plain", "gzip")))
        .hasSize(encoding.equals("gzip") ? 0 : 1);
  }

  private static Body form(String text) {
    return new Body(text, "application/x-www-form-urlencoded", "");
  }

  @Test
  void whatIsNoJsonCountsOctetByOctet() {
    assertThat(differences(json("{\"a\": 1"), json("{\"a\":1")))
        .extracting(Difference::path)
        .containsExactly("response.body");
  }

  @Test
  void aFormCountsByItsFieldsAndTheOrderOfEach() {
    String type = "application/x-www-form-urlencoded";
    assertThat(
            differences(new Body("a=1&b=x+y&a=2", type, ""), new Body("b=x%20y&a=1&a=2", type, "")))
        .isEmpty();
    assertThat(differences(new Body("a=1&a=2", type, ""), new Body("a=2&a=1", type, "")))
        .extracting(Difference::path)
        .containsExactly("response.body.a[1]", "response.body.a[2]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/octet-stream", "text/plain", ""})
  void allElseCountsAsItStands(String type) {
    assertThat(differences(new Body("<p> x", type, ""), new Body("<p>x", type, "")))
        .containsExactly(new Difference("response.body", "<p> x", "<p>x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void whatIsCompressedCountsByWhatItHolds(String encoding) throws IOException {
    String text = "{\"items\": [" + "1, ".repeat(500) + "2]}";
    Body fast = new Body(packed(encoding, 1, text), JSON, encoding);
    Body best = new Body(packed(encoding, 9, text), JSON, encoding);
    assertThat(fast.octets()).isNotEqualTo(best.octets());
    assertThat(differences(fast, best)).isEmpty();
    assertThat(differences(fast, json(text))).isEmpty();
    Body other = new Body(packed(encoding, 9, text.replace("2]", "3]")), JSON, encoding);
    assertThat(differences(fast, other))
        .extracting(Difference::path)
        .containsExactly("response.body.items[501]");
  }

  @Test
  void whatIsNotWhatItsEncodingSaysAndWhatIsTooLongCountAsTheyAre() throws IOException {
    Body broken = new Body("no gzip", "text/plain", "gzip");
    assertThat(differences(broken, broken)).isEmpty();
    assertThat(differences(broken, new Body("no gzip at all", "text/plain", "gzip"))).hasSize(1);
    String bomb = "a".repeat(Body.MAX_CONTENT + 1);
    assertThat(
            differences(
                new Body(packed("gzip", 1, bomb), "text/plain", "gzip"),
                new Body(packed("gzip", 9, bomb), "text/plain", "gzip")))
        .hasSize(1);
  }

  @Test
  void bodiesOfOtherTypesCountAsTheyAre() {
    assertThat(differences(json("{}"), new Body("{}", "text/plain", ""))).isEmpty();
    assertThat(differences(json("{}"), new Body("{ }", "text/plain", ""))).hasSize(1);
  }

  @Test
  void aRuleIsAboutABodyOrAPlaceInIt() {
    ParityRule rule =
        new ParityRule(
            new PathPattern("response.body.took"),
            null,
            new Lenience.Near(5),
            "it takes its time",
            LocalDate.MAX,
            1);
    Body one = json("{\"took\": 12, \"x\": 1}");
    assertThat(differences(one, json("{\"took\": 14, \"x\": 1}"), rule)).isEmpty();
    assertThat(differences(one, json("{\"took\": 14, \"x\": 2}"), rule)).hasSize(1);
  }

  @Test
  void whatABodyHoldsIsHiddenAndWhereItDiffersIsNot() {
    Redactor redactor = new Redactor(new byte[32], Set.of(), Redactor.Bodies.HIDDEN);
    Body one = json("{\"name\": \"ann smith\", \"age\": 31, \"ann@example.com\": 1}");
    Body other = json("{\"name\": \"bob\", \"age\": 32, \"ann@example.com\": [2]}");
    List<Difference> shown = redactor.redact(differences(one, other));
    assertThat(shown)
        .extracting(Difference::path)
        .containsExactlyInAnyOrder("response.body.name", "response.body.age", "response.body.…");
    assertThat(shown.toString() + redactor.redact(answer(one).tree()))
        .doesNotContain("ann", "bob", "31", "32")
        .contains("[body, ");
  }

  @Test
  void bodiesThatAreKeptLoseTheirSecrets() {
    Redactor redactor = new Redactor(new byte[32], Set.of(), Redactor.Bodies.KEPT);
    Body one = json("{\"name\": \"ann\", \"password\": \"hunter2\", \"n\": null}");
    Body other = json("{\"name\": \"bob\", \"password\": \"hunter3\", \"n\": null}");
    assertThat(
            redactor.redact(differences(one, other)).toString()
                + redactor.redact(answer(one).tree()))
        .contains("ann", "bob", "response.body.name")
        .doesNotContain("hunter");
  }
}
