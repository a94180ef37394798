package dev.banyan.cli;

import dev.banyan.duel.fuzz.Corpus;
import dev.banyan.duel.suite.SuiteWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a duel's cases are made from others. */
final class DuelFuzzing {
  @Option(
      names = "--fuzz",
      paramLabel = "N",
      converter = DuelTuning.Positive.class,
      description =
          "Ask so many cases that are made from the others by small changes, instead of them.")
  @Nullable Integer count;

  @Option(
      names = "--coverage",
      paramLabel = "CONFIG",
      description = {
        "With --fuzz: the banyan.yaml of one of the servers. The others' cases are asked first; what",
        "reaches Lua that nothing has reached there before is changed further."
      })
  @Nullable Path coverage;

  @Option(
      names = "--admin",
      paramLabel = "URL",
      description = "With --coverage: the admin listener, instead of the one in the configuration.")
  @Nullable String admin;

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      description = "With --fuzz: write the cases that were kept as a suite, to start from again.")
  @Nullable Path corpus;

  /** What is wrong with how the options go together; empty for nothing. */
  String mistake() {
    if (count == null && (coverage != null || corpus != null)) {
      return "--coverage and --corpus belong to --fuzz N: say how many cases";
    }
    return coverage == null && admin != null ? "--admin belongs to --coverage CONFIG" : "";
  }

  /** Begins to hear what requests reach; null where that isn't asked for. */
  @Nullable AdminCoverage begin(String mark) {
    if (coverage == null) {
      return null;
    }
    AdminOptions options = new AdminOptions();
    options.config = coverage;
    options.admin = admin;
    return AdminCoverage.begin(options.connect(), mark);
  }

  /** Writes what was kept, where that is asked for. */
  void save(Corpus fuzzer, PrintWriter out) throws IOException {
    if (corpus != null) {
      Files.writeString(corpus, SuiteWriter.text(fuzzer.kept()));
      out.println(fuzzer.kept().size() + " cases kept in " + corpus);
    }
  }
}
