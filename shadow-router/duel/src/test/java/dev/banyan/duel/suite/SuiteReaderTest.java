package dev.banyan.duel.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.duel.suite.OriginAnswer.Sending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SuiteReaderTest {
  private static final String SUITE =
      """
      # what the shop's edge must do

      === an upload is answered in chunks
      class: bodies
      # the origin is slow
      --- ask
      POST /upload?a=1
      Host: t001.example.com
      X-Empty:
      Cookie: a=\\x01\\{b*70}
      --- body
      first line
      \\=== not a title

      last\\n
      --- origin chunked 20ms
      201 Made Up
      Content-Type: text/html
      Set-Cookie: a=1
      Set-Cookie: b=2

      <p>hello</p>
      --- ask
      GET /next HTTP/1.0

      === the second case
      --- ask
      GET / HTTP/1.1
      Host: x
      """;

  @Test
  void aSuiteIsReadAsItIsWritten() {
    List<Case> cases = SuiteReader.parse("shop.suite", SUITE);

    assertThat(cases)
        .extracting(Case::title)
        .containsExactly("an upload is answered in chunks", "the second case");
    Case upload = cases.getFirst();
    assertThat(upload.group()).isEqualTo("bodies");
    assertThat(upload.source()).isEqualTo("shop.suite:3");
    Request request = upload.steps().getFirst().request();
    assertThat(request.target()).isEqualTo("/upload?a=1");
    assertThat(request.version()).isEqualTo("HTTP/1.1");
    assertThat(request.value("x-empty")).contains("");
    assertThat(request.value("Cookie")).contains("a=\u0001" + "b".repeat(70));
    assertThat(request.body()).isEqualTo("first line\n=== not a title\n\nlast\n");
    OriginAnswer origin = upload.steps().getFirst().origin();
    assertThat(origin.status()).isEqualTo(201);
    assertThat(origin.reason()).isEqualTo("Made Up");
    assertThat(origin.sending()).isEqualTo(Sending.CHUNKED);
    assertThat(origin.delay()).isEqualTo(Duration.ofMillis(20));
    assertThat(origin.fields()).hasSize(3);
    assertThat(origin.body()).isEqualTo("<p>hello</p>");
    assertThat(upload.steps().get(1).request().version()).isEqualTo("HTTP/1.0");
    assertThat(cases.get(1).group()).isEqualTo(Case.NO_GROUP);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      List<Case> cases = List.of(randomCase(random), randomCase(random));
      List<Case> read = SuiteReader.parse("again", SuiteWriter.text(cases));
      assertThat(read).extracting(Case::steps).isEqualTo(cases.stream().map(Case::steps).toList());
      assertThat(read).extracting(Case::title).isEqualTo(cases.stream().map(Case::title).toList());
    }
  }

  private static Case randomCase(Random random) {
    List<Field> fields = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      fields.add(new Field("X-" + i, octets(random, 90).strip()));
    }
    Request request =
        new Request(
            "PATCH",
            "/" + octets(random, 9).replaceAll("\\s", "+"),
            "HTTP/1.1",
            fields,
            octets(random, 200));
    OriginAnswer origin =
        new OriginAnswer(
            200 + random.nextInt(300),
            "",
            fields,
            octets(random, 50),
            Sending.CUT,
            Duration.ofMillis(3));
    return Case.of("group", "title " + random.nextInt(), new Step(request, origin), "test");
  }

  private static String octets(Random random, int most) {
    StringBuilder text = new StringBuilder();
    String often = "aaa\n\n-= #\\{}*:\r\t";
    while (text.length() < random.nextInt(most + 1)) {
      int kind = random.nextInt(4);
      if (kind == 0) {
        text.append((char) random.nextInt(256));
      } else if (kind == 1) {
        text.repeat("---", 30);
      } else {
        text.append(often.charAt(random.nextInt(often.length())));
      }
    }
    return text.toString();
  }

  @Test
  void everyMistakeIsToldWithItsLineAndWhatWasExpected() {
    String broken =
        """
        GET / HTTP/1.1
        === one
        klass: auth
        --- aks
        --- ask
        GET
        === two
        --- ask
        GET / HTTP/1.1
        no field
        === three
        --- ask
        GET / HTTP/1.1
        Cookie: \\q
        --- origin sideways
        === four
        --- body
        === five
        --- ask
        GET / HTTP/1.1
        --- body
        a
        --- body
        b
        """;
    assertThatThrownBy(() -> SuiteReader.parse("bad.suite", broken))
        .isInstanceOf(SuiteException.class)
        .hasMessageContaining("bad.suite:1: expected a line \"=== title\"")
        .hasMessageContaining("bad.suite:3: \"klass: auth\": expected \"class: NAME\"")
        .hasMessageContaining("bad.suite:4: \"--- aks\": expected --- ask, --- body or --- origin")
        .hasMessageContaining("bad.suite:6: \"GET\": expected a request line")
        .hasMessageContaining("bad.suite:10: \"no field\": expected")
        .hasMessageContaining("bad.suite:14: \"\\q\": expected \\r")
        .hasMessageContaining("bad.suite:15: \"sideways\": expected a delay")
        .hasMessageContaining("bad.suite:17: expected \"--- ask\" first")
        .hasMessageContaining("bad.suite:23: a second \"--- body\"");
  }

  @Test
  void aMistakeCostsItsCaseAndNoOther(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mixed.suite");
    Files.writeString(
        file,
        """
        stray
        stray too
        === fine
        --- ask
        GET /1
        === a word that there isn't, told once
        --- aks
        GET /2
        Host: x
        --- body
        text
        ===
        --- ask
        GET /3
        === no class
        class:
        --- ask
        GET /4
        === nothing asked
        === fine too
        --- ask
        GET /5
        """);
    Loaded loaded = SuiteReader.load(file);
    assertThat(loaded.cases()).extracting(Case::title).containsExactly("fine", "fine too");
    assertThat(loaded.flaws())
        .extracting(flaw -> flaw.source().substring(flaw.source().lastIndexOf(':') + 1))
        .containsExactly("1", "7", "10", "12", "16", "19");
    assertThat(loaded.flaws().getFirst().why()).contains("before anything else");
  }

  @Test
  void whatATerminalWouldObeyIsTold() {
    assertThatThrownBy(() -> SuiteReader.parse("bad.suite", "=== x\n\u001b[2J" + "y".repeat(999)))
        .hasMessageContaining("\\x1b[2J")
        .message()
        .hasSizeLessThan(500);
  }

  @Test
  void theMarkThatSomeEditorsWriteFirstIsPassedOver() {
    assertThat(SuiteReader.parse("w.suite", "\u00ef\u00bb\u00bf=== a\r\n--- ask\r\nGET /\r\n"))
        .hasSize(1);
  }

  @Test
  void anEmptyOrMissingSuiteIsAnError() {
    assertThatThrownBy(() -> SuiteReader.parse("empty.suite", "# nothing\n"))
        .hasMessageContaining("empty.suite:1: no case");
    assertThatThrownBy(() -> SuiteReader.read(Path.of("nowhere.suite")))
        .hasMessageContaining("nowhere.suite: can't be read: there is no such file");
  }
}
