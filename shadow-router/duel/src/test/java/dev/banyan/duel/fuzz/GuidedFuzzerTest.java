package dev.banyan.duel.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.duel.compare.Rules;
import dev.banyan.duel.origin.RecordingOrigin;
import dev.banyan.duel.run.Duel;
import dev.banyan.duel.run.DuelOptions;
import dev.banyan.duel.run.Progress;
import dev.banyan.duel.run.Report;
import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.OriginAnswer;
import dev.banyan.duel.suite.Request;
import dev.banyan.duel.suite.Step;
import dev.banyan.duel.suite.SuiteException;
import dev.banyan.duel.suite.SuiteReader;
import dev.banyan.duel.suite.SuiteWriter;
import dev.banyan.duel.wire.ClientOptions;
import dev.banyan.duel.wire.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** On one server, whose reached code the test makes up from the marks that it was sent. */
final class GuidedFuzzerTest {
  private static Case ask(String title, String target) {
    return Case.of(
        "seed",
        title,
        new Step(Request.of("GET", target, "example.org"), OriginAnswer.DEFAULT),
        "test");
  }

  private static DuelOptions options() {
    return new DuelOptions(
        8,
        7,
        Rules.ignoring(List.of(), false),
        new ClientOptions(Duration.ofSeconds(20), 1, 100),
        DuelOptions.MARK,
        10,
        2);
  }

  private static Report run(GuidedFuzzer fuzzer) throws IOException, InterruptedException {
    try (RecordingOrigin server = RecordingOrigin.start("127.0.0.1", List.of(0), "X-Other")) {
      String address = "127.0.0.1:" + server.ports().getFirst();
      List<Target> targets =
          List.of(Target.parse("old=" + address), Target.parse("new=" + address));
      try (Duel duel = new Duel(targets, options(), null, Progress.NONE)) {
        return duel.run(fuzzer);
      }
    }
  }

  /** All cases of a group have reached what the first marks of the duel have. */
  private static final class OneGroup implements CodeFeedback {
    private final Deque<Reached> answers = new ArrayDeque<>();
    int taken;

    OneGroup(Map<String, Set<String>> first) {
      answers.add(new Reached(first, List.of("swiss")));
    }

    @Override
    public Reached take() {
      taken++;
      Reached next = answers.poll();
      return next == null ? Reached.NOTHING : next;
    }
  }

  /** Marks are numbered as they are sent; a duel of two servers uses two for a case. */
  private static Set<String> firstMarks(int most) {
    HexFormat hex = HexFormat.of();
    String start = hex.toHexDigits((int) ((options().seed() * 0x9e3779b97f4a7c15L) >>> 32));
    Set<String> marks = new HashSet<>();
    for (int i = 1; i <= most; i++) {
      marks.add(start + hex.toHexDigits(i));
    }
    return marks;
  }

  @Test
  void theSuiteIsAskedFirstAndThenMutantsOfWhatReachedCode() throws Exception {
    OneGroup feedback = new OneGroup(Map.of("a.lua:1", firstMarks(4)));
    GuidedFuzzer fuzzer =
        new GuidedFuzzer(List.of(ask("one", "/one"), ask("two", "/two")), 100, 3, feedback);
    Report report = run(fuzzer);
    assertThat(report.results()).hasSize(102);
    assertThat(report.results().stream().filter(r -> r.group().equals("fuzz"))).hasSize(100);
    assertThat(feedback.taken).isEqualTo(5);
    assertThat(fuzzer.kept()).extracting(Case::title).containsExactly("one");
    assertThat(fuzzer.kept().getFirst().source()).isEqualTo("test; reaches a.lua:1");
  }

  @Test
  void ofAGroupTheEarliestCaseThatCameToAPlaceIsKept() throws Exception {
    Map<String, Set<String>> places = new HashMap<>();
    places.put("a.lua:1", firstMarks(64));
    places.put("a.lua:2", firstMarks(64));
    GuidedFuzzer fuzzer =
        new GuidedFuzzer(
            List.of(ask("one", "/1"), ask("two", "/2"), ask("three", "/3")),
            10,
            3,
            new OneGroup(places));
    run(fuzzer);
    assertThat(fuzzer.kept()).hasSize(1);
    assertThat(fuzzer.kept().getFirst().title()).isEqualTo("one");
    assertThat(fuzzer.kept().getFirst().source()).endsWith("; reaches a.lua:1 and 1 more");
    assertThat(fuzzer.places()).isEqualTo(2);
  }

  @Test
  void whatIsKeptReadsBackAsASuite() throws Exception {
    List<Case> seeds = new ArrayList<>(List.of(ask("one", "/1?a=b")));
    GuidedFuzzer fuzzer =
        new GuidedFuzzer(seeds, 40, 3, new OneGroup(Map.of("a.lua:1", firstMarks(64))));
    run(fuzzer);
    String text = SuiteWriter.text(fuzzer.kept());
    assertThat(text).contains("# from test; reaches a.lua:1");
    assertThat(SuiteReader.parse("corpus", text).getFirst().steps())
        .isEqualTo(seeds.getFirst().steps());
  }

  @Test
  void aServerThatTellsOfNoCodeIsAMistakeThatIsNamed() {
    GuidedFuzzer fuzzer =
        new GuidedFuzzer(List.of(ask("one", "/1")), 40, 3, new OneGroup(Map.of()));
    assertThatThrownBy(() -> run(fuzzer))
        .isInstanceOf(SuiteException.class)
        .hasMessageContaining("is the server of --coverage one of those that are asked");
  }
}
