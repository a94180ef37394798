package dev.banyan.duel.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.duel.RawServer;
import dev.banyan.duel.RawServer.Reply;
import dev.banyan.duel.compare.Difference;
import dev.banyan.duel.compare.Rules;
import dev.banyan.duel.report.SummaryText;
import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.OriginAnswer;
import dev.banyan.duel.suite.Request;
import dev.banyan.duel.suite.Step;
import dev.banyan.duel.wire.ClientOptions;
import dev.banyan.duel.wire.Target;
import dev.banyan.duel.wire.Target.Scheme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against servers that hang, break off and lie: a clear outcome for each case, and on it goes. */
final class DuelTest {
  private static final Reply FINE = Reply.of("fine");

  private static Target target(String name, RawServer server) {
    return new Target(name, Scheme.HTTP, "127.0.0.1", server.port());
  }

  private static Report duel(
      Function<String, Reply> left, Function<String, Reply> right, List<Case> cases)
      throws InterruptedException {
    return duel(left, right, cases, new ClientOptions(Duration.ofSeconds(2), 1, 100));
  }

  private static Report duel(
      Function<String, Reply> left,
      Function<String, Reply> right,
      List<Case> cases,
      ClientOptions client)
      throws InterruptedException {
    DuelOptions options =
        new DuelOptions(500, 7, Rules.ignoring(List.of(), false), client, DuelOptions.MARK, 50, 5);
    try (RawServer one = new RawServer(left);
        RawServer two = new RawServer(right);
        Duel duel =
            new Duel(
                List.of(target("left", one), target("right", two)), options, null, Progress.NONE)) {
      return duel.run(CaseSource.shuffled(cases, 7));
    }
  }

  private static List<Case> cases(int count, String target) {
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Request request = Request.of("GET", target, "example.org").with("X-Number", "" + i);
      cases.add(Case.of("plain", "case " + i, new Step(request, OriginAnswer.DEFAULT), "test"));
    }
    return cases;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void thousandsOfRequestsToEqualServersAreEqual(int pipeline) throws InterruptedException {
    Report report =
        duel(
            _ -> FINE,
            _ -> FINE,
            cases(5_000, "/"),
            new ClientOptions(Duration.ofSeconds(30), pipeline, 100));
    assertThat(report.isClean()).as(SummaryText.of(report)).isTrue();
    assertThat(report.results()).hasSize(5_000);
    assertThat(report.peak()).isEqualTo(500);
  }

  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n";

  @ParameterizedTest
  @CsvSource({
    "hangs, timed out: no end within 2000 ms: it stopped before its status line",
    "stops, timed out: no end within 2000 ms: it stopped after 2 of 4 octets",
    "closes, closed without an answer: the connection was closed without an answer",
    "cuts, cut off: the connection was closed after 2 of 4 octets",
    "cuts head, cut off: the connection was closed in the middle of its header",
    "says less, malformed: 2 octets more than the answer's length says",
    "two lengths, malformed: Content-Length is 4 and 5",
    "bad chunk, 'malformed: \"zz\" is no size of a chunk'",
    "short chunk, malformed: a chunk is longer than its size says",
    "open chunk, 'cut off: the connection was closed after 4 octets, before the last chunk'",
    "no status, 'malformed: \"HTTP/1.1 000 Zero\" is no status line'",
    "no http, 'malformed: \"SSH-2.0-x\" is no status line'",
  })
  void aServerThatBreaksOffOrLiesIsToldAndTheRunGoesOn(String way, String expected)
      throws InterruptedException {
    List<Case> cases = new ArrayList<>(cases(20, "/"));
    cases.addAll(cases(2, "/broken"));
    Function<String, Reply> broken = head -> head.startsWith("GET /broken") ? broken(way) : FINE;
    Report report = duel(_ -> FINE, broken, cases);

    assertThat(report.results()).hasSize(22);
    assertThat(report.count(Verdict.EQUAL)).isEqualTo(20);
    assertThat(report.count(Verdict.DIFFERS)).isEqualTo(2);
    Difference first = report.exceptions().getFirst().differences().getFirst();
    assertThat(first.where()).isEqualTo("ending");
    assertThat(first.control()).isEqualTo("complete");
    assertThat(first.other()).isEqualTo(expected);
  }

  private static Reply broken(String way) {
    String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    return switch (way) {
      case "no status" -> new Reply("HTTP/1.1 000 Zero\r\nContent-Length: 0\r\n\r\n", false);
      case "hangs" -> new Reply("", false);
      case "stops" -> new Reply(HEAD + "\r\nfi", false);
      case "closes" -> new Reply("", true);
      case "cuts" -> new Reply(HEAD + "\r\nfi", true);
      case "cuts head" -> new Reply("HTTP/1.1 200 OK\r\nCont", true);
      case "says less" -> new Reply(HEAD + "\r\nfine++", false);
      case "two lengths" -> new Reply(HEAD + "Content-Length: 5\r\n\r\nfine", false);
      case "bad chunk" -> new Reply(chunked + "zz\r\nfine\r\n0\r\n\r\n", false);
      case "short chunk" -> new Reply(chunked + "3\r\nfine\r\n0\r\n\r\n", false);
      case "open chunk" -> new Reply(chunked + "4\r\nfine\r\n", true);
      case "no http" -> new Reply("SSH-2.0-x\r\n", false);
      default -> throw new IllegalArgumentException(way);
    };
  }

  @Test
  void hintsBeforeAnAnswerAreComparedButNotWhoSaysContinueSooner() throws InterruptedException {
    Reply hinted =
        new Reply("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + FINE.octets(), false);
    Reply continued = new Reply("HTTP/1.1 100 Continue\r\n\r\n" + FINE.octets(), false);
    Report missing = duel(_ -> hinted, _ -> FINE, cases(1, "/"));
    assertThat(missing.exceptions().getFirst().differences().stream().map(Difference::where))
        .containsExactly("early Link", "early status");
    assertThat(duel(_ -> hinted, _ -> hinted, cases(1, "/")).count(Verdict.EQUAL)).isEqualTo(1);
    assertThat(duel(_ -> continued, _ -> FINE, cases(1, "/")).count(Verdict.EQUAL)).isEqualTo(1);
  }

  @Test
  void aServerThatHangsLikeTheFirstOneIsNotCalledEqual() throws InterruptedException {
    Report report = duel(_ -> broken("hangs"), _ -> broken("hangs"), cases(3, "/"));
    assertThat(report.count(Verdict.UNANSWERED)).isEqualTo(3);
    assertThat(report.isClean()).isFalse();
  }

  @Test
  void aServerThatIsNotThereIsNotReachable() throws InterruptedException {
    RawServer gone = new RawServer(_ -> FINE);
    Target nobody = target("nobody", gone);
    gone.close();
    DuelOptions options =
        new DuelOptions(
            10, 1, Rules.ignoring(List.of(), false), ClientOptions.DEFAULT, DuelOptions.MARK, 5, 0);
    try (RawServer there = new RawServer(_ -> FINE);
        Duel duel =
            new Duel(List.of(target("there", there), nobody), options, null, Progress.NONE)) {
      Report report = duel.run(CaseSource.shuffled(cases(3, "/"), 1));
      assertThat(report.count(Verdict.DIFFERS)).isEqualTo(3);
      assertThat(SummaryText.of(report)).contains("nobody: not reachable").contains("refused");
    }
  }

  @Test
  void whatATargetMakesUpIsNeitherObeyedByATerminalNorFloodsIt() throws InterruptedException {
    StringBuilder head = new StringBuilder("HTTP/1.1 200 \u001b[2J\r\nX-\u001b[31m: \u001b[5m\r\n");
    for (int i = 0; i < 1_000; i++) {
      head.append("X-").append(i).append(": made up\r\n");
    }
    Reply reply = new Reply(head + "Content-Length: 0\r\n\r\n", false);
    Report report = duel(_ -> FINE, _ -> reply, cases(1, "/"));
    String text = SummaryText.of(report);
    assertThat(text).contains("header X-\\x1b[31m").doesNotContain("\u001b");
    assertThat(text).contains("further differences");
    assertThat(text.lines().count()).isLessThan(200);
  }

  @Test
  void aServerThatSpeaksAnotherProtocolIsToldAndTheRunGoesOn() throws InterruptedException {
    DuelOptions options =
        new DuelOptions(
            10, 1, Rules.ignoring(List.of(), false), ClientOptions.DEFAULT, DuelOptions.MARK, 5, 0);
    try (RawServer there = new RawServer(_ -> FINE);
        RawServer older = new RawServer(_ -> FINE);
        Duel duel =
            new Duel(
                List.of(
                    target("there", there),
                    new Target("older", Scheme.H2C, "127.0.0.1", older.port())),
                options,
                null,
                Progress.NONE)) {
      Report report = duel.run(CaseSource.shuffled(cases(3, "/"), 1));
      assertThat(report.count(Verdict.DIFFERS)).isEqualTo(3);
      assertThat(SummaryText.of(report)).contains("older: closed without an answer");
    }
  }

  @Test
  void aDuelThatIsEndedEarlyReportsWhatWasAnswered() throws Exception {
    DuelOptions options =
        new DuelOptions(
            10, 1, Rules.ignoring(List.of(), false), ClientOptions.DEFAULT, DuelOptions.MARK, 5, 5);
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch enough = new CountDownLatch(1);
    Function<String, Reply> stalls =
        _ -> {
          if (asked.incrementAndGet() == 45) {
            enough.countDown();
          }
          return asked.get() < 40 ? FINE : broken("hangs");
        };
    try (RawServer one = new RawServer(_ -> Reply.of("other"));
        RawServer two = new RawServer(stalls);
        Duel duel =
            new Duel(
                List.of(target("one", one), target("two", two)), options, null, Progress.NONE)) {
      Thread ends =
          Thread.ofVirtual()
              .start(() -> {
                await(enough);
                duel.stop();
              });
      long start = System.nanoTime();
      Report report = duel.run(CaseSource.shuffled(cases(1_000, "/"), 1));
      ends.join();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      assertThat(report.results()).hasSizeBetween(30, 60);
      assertThat(report.notAsked()).isEqualTo(1_000 - report.results().size());
      assertThat(report.isClean()).isFalse();
      assertThat(SummaryText.of(report)).contains("ended early: ", "the duel was ended early");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void severalValuesOfAFieldAreComparedInTheirOrder() throws InterruptedException {
    Reply one = new Reply(HEAD + "Via: a\r\nSet-Cookie: x=1\r\nSet-Cookie: y=2\r\n\r\nfine", false);
    Reply same =
        new Reply(HEAD + "Set-Cookie: x=1\r\nVia: a\r\nSet-Cookie: y=2\r\n\r\nfine", false);
    Reply swapped =
        new Reply(HEAD + "Via: a\r\nSet-Cookie: y=2\r\nSet-Cookie: x=1\r\n\r\nfine", false);
    assertThat(duel(_ -> one, _ -> same, cases(1, "/")).isClean()).isTrue();
    Report report = duel(_ -> one, _ -> swapped, cases(1, "/"));
    assertThat(report.exceptions().getFirst().signature()).isEqualTo("right: header Set-Cookie");
  }

  @Test
  void whatDiffersIsShrunkToTheLeastThatDiffersSo() throws InterruptedException {
    Request request =
        Request.of("GET", "/a/long/way?x=1&attack=please+DROP+TABLE+users&y=2", "example.org")
            .with("Accept", "text/html")
            .with("User-Agent", "anything")
            .with("Cookie", "session=abc; theme=dark");
    Case one = Case.of("shop", "a long one", new Step(request, OriginAnswer.DEFAULT), "test");
    Report report =
        duel(
            _ -> FINE,
            head -> head.lines().findFirst().orElse("").contains("DROP") ? Reply.of("gone") : FINE,
            List.of(one));
    Case smallest = Objects.requireNonNull(report.exceptions().getFirst().shrunk());
    Request left = smallest.steps().getFirst().request();
    assertThat(left.target()).isEqualTo("/?DROP");
    assertThat(left.fields()).containsExactly(new Field("Host", "example.org"));
    assertThat(SummaryText.of(report)).contains("GET /?DROP HTTP/1.1").contains("NOT alike");
  }

  @Test
  void whatIsMoreThanIsKeptIsCountedAndSaidSo() throws InterruptedException {
    Report report = duel(_ -> FINE, _ -> Reply.of("gone"), cases(Duel.KEPT + 50, "/"));
    assertThat(report.count(Verdict.DIFFERS)).isEqualTo(Duel.KEPT + 50);
    assertThat(report.notKept()).isEqualTo(50);
    assertThat(SummaryText.of(report)).contains("50 further cases that are not equal");
  }

  @Test
  void aSmallerCaseThatDiffersByChanceIsNoReproducer() throws InterruptedException {
    AtomicInteger chance = new AtomicInteger();
    Report report =
        duel(
            _ -> FINE,
            head -> {
              boolean whole = head.startsWith("GET /a/b ");
              return whole || chance.getAndIncrement() == 0 ? Reply.of("gone") : FINE;
            },
            cases(1, "/a/b"));
    Outcome outcome = report.exceptions().getFirst();
    assertThat(outcome.verdict()).isEqualTo(Verdict.DIFFERS);
    Case asked = outcome.shrunk() == null ? outcome.one() : outcome.shrunk();
    assertThat(asked.steps().getFirst().request().target()).isEqualTo("/a/b");
  }

  @Test
  void aDifferenceThatIsGoneWhenAskedAloneIsUnsteady() throws InterruptedException {
    AtomicInteger count = new AtomicInteger();
    Report report =
        duel(
            _ -> FINE,
            _ -> count.incrementAndGet() <= 40 ? Reply.of("warm") : FINE,
            cases(100, "/"));
    assertThat(report.count(Verdict.UNSTEADY)).isEqualTo(40);
    assertThat(report.count(Verdict.EQUAL)).isEqualTo(60);
  }
}
