package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The commands of a page and the text around them, in whatever pieces it comes. */
final class SsiParserTest {
  private static final String PAGE =
      "a<<!--#echo var=\"u\\\"<\" x = 'y' -->b<!-<!--<!-- c --><!--# if expr=\"\"--><!--#bad x-->"
          + "--><!--#worse a=\"b\"c - -- -->d<!--#--><!--#e --->-->f<!--#endif -->";

  /** Writes down what it is told. */
  private static final class Notes implements SsiParser.Reader {
    private final StringBuilder all = new StringBuilder();

    @Override
    public void text(byte[] octets, int from, int to) {
      text(Octets.string(Arrays.copyOfRange(octets, from, to)));
    }

    @Override
    public void text(String octets) {
      all.append(octets);
    }

    @Override
    public void command(SsiCommand command) {
      all.append('{').append(command.text()).append('}');
    }

    @Override
    public void malformed() {
      all.append("{!}");
    }
  }

  private static String read(String... pieces) {
    Notes notes = new Notes();
    SsiParser parser = new SsiParser(255, notes, _ -> {});
    for (String piece : pieces) {
      parser.feed(Octets.bytes(piece));
    }
    return notes.all.toString();
  }

  @Test
  void commandsAreToldFromText() {
    assertThat(read(PAGE))
        .isEqualTo(
            "a<{<!--#echo var=\"u\\\"<\" x=\"y\" -->}b<!-<!--<!-- c -->{<!--#if expr=\"\" -->}{!}"
                + "-->{!}d{!}f{<!--#endif -->}");
  }

  @Test
  void aPageIsReadAlikeWhereverItIsCut() {
    for (int cut = 0; cut <= PAGE.length(); cut++) {
      assertThat(read(PAGE.substring(0, cut), PAGE.substring(cut))).isEqualTo(read(PAGE));
    }
    assertThat(read(PAGE.split(""))).isEqualTo(read(PAGE));
  }

  @Test
  void anyOctetsAreReadAlikeInPiecesAndAsAWhole() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 2000; round++) {
      StringBuilder page = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        page.append("<!-#e =\"'\\>\u00ff".charAt(random.nextInt(12)));
        page.append(random.nextInt(4) == 0 ? "<!--#a" : random.nextInt(4) == 0 ? "-->" : "");
      }
      assertThat(read(page.toString().split(""))).as(page.toString()).isEqualTo(read(page + ""));
    }
  }
}
