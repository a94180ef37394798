package dev.banyan.cli;

import dev.banyan.duel.compare.Rules;
import dev.banyan.duel.fuzz.Corpus;
import dev.banyan.duel.fuzz.Fuzzer;
import dev.banyan.duel.fuzz.GuidedFuzzer;
import dev.banyan.duel.origin.RecordingOrigin;
import dev.banyan.duel.report.ReportFiles;
import dev.banyan.duel.report.SummaryText;
import dev.banyan.duel.run.CaseSource;
import dev.banyan.duel.run.Duel;
import dev.banyan.duel.run.DuelOptions;
import dev.banyan.duel.run.Progress;
import dev.banyan.duel.run.Report;
import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Loaded;
import dev.banyan.duel.suite.SuiteException;
import dev.banyan.duel.wire.ClientOptions;
import dev.banyan.duel.wire.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "duel",
    description = {
      "Asks two or three servers the same, thousands of requests at a time, and tells what differs:",
      "in the answers, and in what their origins received. The first server is the one to be like."
    })
final class DuelCommand implements Callable<Integer> {
  private static final int MOST_TARGETS = 3;

  @Mixin DuelSources sources = new DuelSources();
  @Mixin DuelFuzzing fuzzing = new DuelFuzzing();
  @Mixin DuelTuning tuning = new DuelTuning();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..3",
      paramLabel = "NAME=ADDRESS",
      description =
          "A server: old=127.0.0.1:8081, or with https://, h2:// or h2c:// before the host.")
  List<String> targets = List.of();

  @Option(
      names = "--origin-port",
      paramLabel = "PORT",
      split = ",",
      converter = DuelTuning.Port.class,
      description = {
        "Be the origin behind all servers, on these ports: answers what the suite says, and",
        "compares what each server sent to it."
      })
  List<Integer> originPorts = List.of();

  @Option(
      names = "--origin-host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Where the origin listens (default: ${DEFAULT-VALUE}).")
  String originHost = "127.0.0.1";

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write report.html, junit.xml and reproducers.suite there.")
  @Nullable Path report;

  @Override
  public Integer call() {
    List<Target> all = targets();
    if (!fuzzing.mistake().isEmpty()) {
      throw new ParameterException(spec.commandLine(), fuzzing.mistake());
    }
    if (sources.areMissing()) {
      throw new ParameterException(
          spec.commandLine(),
          "nothing to ask: name a --suite, an nginx.conf with --generate, or recorded traffic with --har or"
              + " --access-log");
    }
    try {
      Loaded loaded = sources.cases(tuning.seed, spec.commandLine().getErr());
      if (sources.save(loaded.cases(), spec.commandLine().getOut()) && all.isEmpty()) {
        return loaded.flaws().isEmpty() ? ExitCodes.OK : ExitCodes.PROBLEM;
      }
      if (all.size() < 2) {
        throw new ParameterException(
            spec.commandLine(), "name two or three servers, such as old=127.0.0.1:8081");
      }
      requireThere(all);
      return duel(all, loaded);
    } catch (SuiteException e) {
      throw new CommandFailure(ExitCodes.PROBLEM, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CommandFailure(ExitCodes.PROBLEM, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCodes.PROBLEM, "interrupted");
    }
  }

  private List<Target> targets() {
    try {
      List<Target> all = targets.stream().map(Target::parse).toList();
      Set<String> names = new HashSet<>();
      for (Target target : all) {
        if (!names.add(target.name())) {
          throw new IllegalArgumentException("two servers are called " + target.name());
        }
      }
      if (all.size() > MOST_TARGETS) {
        throw new IllegalArgumentException("at most three servers");
      }
      return all;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  /** A server that isn't there would fail thousands of cases one after the other. */
  private void requireThere(List<Target> all) {
    StringBuilder missing = new StringBuilder();
    for (Target target : all) {
      target
          .unreachable(tuning.timeout)
          .ifPresent(why -> missing.append(target + " can't be reached: " + why + "\n"));
    }
    if (!missing.isEmpty()) {
      throw new CommandFailure(ExitCodes.PROBLEM, missing + "nothing was asked");
    }
  }

  private int duel(List<Target> all, Loaded loaded) throws IOException, InterruptedException {
    List<Case> cases = loaded.cases();
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = DuelProgress.on(spec.commandLine().getErr());
    try (RecordingOrigin origin = origin();
        Duel duel = new Duel(all, options(), origin, progress);
        Interruption _ = Interruption.ends(duel::stop)) {
      if (tuning.warmUp > 0) {
        List<Case> first = cases.subList(0, Math.min(tuning.warmUp, cases.size()));
        duel.warmUp(CaseSource.shuffled(first, tuning.seed));
      }
      Report found = run(duel, loaded, out);
      if (report != null) {
        ReportFiles.write(found, report);
        out.println("report: " + report.resolve(ReportFiles.PAGE));
      }
      return found.isClean() ? ExitCodes.OK : ExitCodes.PROBLEM;
    }
  }

  private Report run(Duel duel, Loaded loaded, PrintWriter out)
      throws IOException, InterruptedException {
    List<Case> cases = loaded.cases();
    Integer count = fuzzing.count;
    if (count == null) {
      Report found =
          duel.run(untilDiffering(sources.source(cases, tuning.seed))).withFlaws(loaded.flaws());
      out.println(SummaryText.of(found));
      return found;
    }
    try (AdminCoverage coverage = fuzzing.begin(tuning.mark)) {
      Corpus fuzzer =
          coverage == null
              ? new Fuzzer(cases, count, tuning.seed)
              : new GuidedFuzzer(cases, count, tuning.seed, coverage);
      Report found = duel.run(untilDiffering(fuzzer)).withFlaws(loaded.flaws());
      out.println(SummaryText.of(found));
      if (coverage != null) {
        coverage.print(fuzzer.kept().size(), out);
      }
      fuzzing.save(fuzzer, out);
      return found;
    }
  }

  private CaseSource untilDiffering(CaseSource source) {
    return CaseSource.untilDiffering(source, tuning.stopAfter);
  }

  private @Nullable RecordingOrigin origin() throws IOException {
    return originPorts.isEmpty()
        ? null
        : RecordingOrigin.start(originHost, originPorts, tuning.mark);
  }

  private DuelOptions options() {
    return new DuelOptions(
        tuning.inFlight,
        tuning.seed,
        Rules.ignoring(tuning.ignored, tuning.headerOrder),
        new ClientOptions(tuning.timeout, tuning.pipeline, tuning.perConnection),
        tuning.mark,
        tuning.repeats,
        tuning.shrinks);
  }
}
