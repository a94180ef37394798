package dev.banyan.duel.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.duel.RawServer;
import dev.banyan.duel.RawServer.Reply;
import dev.banyan.duel.compare.Rules;
import dev.banyan.duel.run.CaseSource;
import dev.banyan.duel.run.Duel;
import dev.banyan.duel.run.DuelOptions;
import dev.banyan.duel.run.Progress;
import dev.banyan.duel.run.Report;
import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Flaw;
import dev.banyan.duel.suite.OriginAnswer;
import dev.banyan.duel.suite.Request;
import dev.banyan.duel.suite.Step;
import dev.banyan.duel.suite.SuiteReader;
import dev.banyan.duel.wire.ClientOptions;
import dev.banyan.duel.wire.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The files of a report about hostile answers to requests with secrets. */
final class ReportFilesTest {
  private static final String HOSTILE = "<script>alert('&')</script>\u0007\u00ff]]>";

  @TempDir Path folder;

  private static final Flaw FLAW = new Flaw("edge.suite:3", "\"--- <aks>\": expected --- ask");

  @BeforeEach
  void aDuelThatDiffers() throws Exception {
    Request request =
        Request.of("GET", "/" + "a?x=%3Cscript%3E&token=topsecret99", "example.org")
            .with("Cookie", "session=topsecret99")
            .with("X-Odd", "<img src=x onerror=alert(1)>");
    Case one =
        Case.of(
            "shop <b>",
            "a \"title\" & more, token=topsecret99",
            new Step(request, OriginAnswer.DEFAULT),
            "t:1");
    DuelOptions options =
        new DuelOptions(
            4, 1, Rules.ignoring(List.of(), false), ClientOptions.DEFAULT, DuelOptions.MARK, 9, 0);
    try (RawServer fine =
            new RawServer(
                _ -> Reply.of("{\"password\":\"a " + "long ".repeat(9) + "topsecret99 one\"}"));
        RawServer bad =
            new RawServer(_ ->
                Reply.of(
                    "{\"password\":\"a " + "long ".repeat(9) + "topsecret99 two\"} " + HOSTILE));
        Duel duel =
            new Duel(
                List.of(
                    Target.parse("left=127.0.0.1:" + fine.port()),
                    Target.parse("right=127.0.0.1:" + bad.port())),
                options,
                null,
                Progress.NONE)) {
      Report report = duel.run(CaseSource.shuffled(List.of(one), 1));
      ReportFiles.write(report.withFlaws(List.of(FLAW)), folder);
    }
  }

  @Test
  void whatCouldNotBeReadIsToldInBoth() throws Exception {
    assertThat(Files.readString(folder.resolve(ReportFiles.PAGE)))
        .contains("edge.suite:3: &quot;--- &lt;aks&gt;&quot;: expected --- ask");
    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve(ReportFiles.JUNIT).toFile());
    Element error = (Element) xml.getElementsByTagName("error").item(0);
    assertThat(error.getAttribute("message")).isEqualTo(FLAW.why());
    Element suite = (Element) xml.getElementsByTagName("testsuite").item(1);
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
  }

  @Test
  void thePageEscapesAllAndNeedsNothingElse() throws Exception {
    String page = Files.readString(folder.resolve(ReportFiles.PAGE));
    assertThat(page)
        .contains("&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;\\x07")
        .contains("shop &lt;b&gt;")
        .contains("right: body")
        .contains("default-src 'none'")
        .doesNotContain("<script", "<img", "src=\"", "href=");
  }

  @Test
  void neitherPageNorXmlHoldsSecrets() throws Exception {
    assertThat(Files.readString(folder.resolve(ReportFiles.PAGE))).doesNotContain("topsecret99");
    assertThat(Files.readString(folder.resolve(ReportFiles.JUNIT))).doesNotContain("topsecret99");
  }

  @Test
  void theXmlIsWellFormedAndNamesTheFailure() throws Exception {
    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve(ReportFiles.JUNIT).toFile());
    Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("name")).isEqualTo("shop <b>");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    Element failure = (Element) xml.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message")).contains("right: body");
  }

  @Test
  void theReproducersAreASuiteThatAsksTheSame() {
    List<Case> cases = SuiteReader.read(folder.resolve(ReportFiles.REPRODUCERS));
    assertThat(cases).hasSize(1);
    assertThat(cases.getFirst().steps().getFirst().request().value("Cookie"))
        .contains("session=topsecret99");
  }
}
