package dev.banyan.it.duel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.duel.run.CaseSource;
import dev.banyan.duel.run.Outcome;
import dev.banyan.duel.run.Report;
import dev.banyan.duel.run.Verdict;
import dev.banyan.duel.suite.Case;
import dev.banyan.it.edge.Banyan;
import dev.banyan.it.edge.LegacyCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dozen modules, each wrong in one place: the generated suite finds every one. */
final class PlantedBugsTest {
  private static final int IN_FLIGHT = 32;

  @TempDir Path folder;

  /** A line of the legacy's Lua, and how it is wrong. */
  private record Bug(String module, String right, String wrong) {
    void plant(LegacyCopy legacy) throws IOException {
      Path file = legacy.prefix().resolve("lua/edge/" + module + ".lua");
      String text = Files.readString(file);
      assertThat(text).as(module).contains(right);
      Files.writeString(file, text.replace(right, wrong));
    }
  }

  private static final List<Bug> BUGS =
      List.of(
          new Bug("waf", "total < conf.threshold", "total <= conf.threshold"),
          new Bug("waf_rules", "[[.{2048}]]", "[[.{2049}]]"),
          new Bug("redirects", "#a.from > #b.from", "#a.from < #b.from"),
          new Bug("transform", "\"mc_cid\", \"mc_eid\"", "\"mc_cid\""),
          new Bug("firewall", "ip > range[2]", "ip >= range[2]"),
          new Bug("bot", "|java|okhttp|", "|java|"),
          new Bug(
              "token_auth", "[[^bearer +([^ ]+) *$]], \"joi\"", "[[^bearer +([^ ]+) *$]], \"jo\""),
          new Bug(
              "routing",
              "util.starts_with(ngx.var.uri, route.prefix)",
              "ngx.var.uri == route.prefix"),
          new Bug("security_headers", "ngx.status >= 400", "ngx.status > 404"),
          new Bug("body_filter", "[a-z]{2,12}", "[a-z]{2,3}"),
          new Bug("cache_key", "\"HEAD\" and \"GET\"", "\"HEAD\" and \"HEAD\""),
          new Bug("tenant", "find(host, \".\", dot + 1, true)", "nil"));

  @Test
  void everyPlantedBugIsFoundByTheGeneratedSuite() throws IOException, InterruptedException {
    List<Case> suite = Ring.suite();
    SoftAssertions softly = new SoftAssertions();
    for (Bug bug : BUGS) {
      try (Ring ring = new Ring(folder.resolve(bug.module()))) {
        ring.add("right", Banyan.withAllPorts("lua"))
            .add("wrong", Banyan.withAllPorts("lua"), bug::plant);
        String found = hunt(ring, CaseSource.shuffled(suite, Ring.SEED));
        System.out.println(String.format(Locale.ROOT, "%-16s %s", bug.module(), found));
        softly.assertThat(found).as(bug.module()).contains("after");
      }
    }
    softly.assertAll();
  }

  /** Asks until a difference stays when it is asked again alone. */
  private static String hunt(Ring ring, CaseSource source) throws InterruptedException {
    int requests = 0;
    while (true) {
      Report report = ring.run(CaseSource.untilDiffering(source, 1), IN_FLIGHT, 1);
      requests += report.results().size();
      for (Outcome outcome : report.exceptions()) {
        if (outcome.verdict() == Verdict.DIFFERS) {
          return String.format(Locale.ROOT, "after %,6d requests: %s", requests, shown(outcome));
        }
      }
      if (report.results().isEmpty()) {
        return "not found by " + requests + " requests";
      }
    }
  }

  private static String shown(Outcome outcome) {
    Case smallest = outcome.shrunk() == null ? outcome.one() : outcome.shrunk();
    return outcome.signature()
        + ", smallest: "
        + smallest.steps().getFirst().request().method()
        + " "
        + smallest.steps().getFirst().request().target()
        + " at "
        + smallest.steps().getFirst().request().value("Host").orElse("-");
  }
}
