package dev.banyan.cli;

import dev.banyan.duel.generate.Generator;
import dev.banyan.duel.record.Recording;
import dev.banyan.duel.run.CaseSource;
import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Flaw;
import dev.banyan.duel.suite.Loaded;
import dev.banyan.duel.suite.SuiteException;
import dev.banyan.duel.suite.SuiteReader;
import dev.banyan.duel.suite.SuiteWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a duel's cases come from. */
final class DuelSources {
  private static final int SHOWN = 5;

  @Option(
      names = "--suite",
      paramLabel = "FILE",
      description = "Cases written by hand, or saved; may be given several times.")
  List<Path> suites = List.of();

  @Option(
      names = "--har",
      paramLabel = "FILE",
      description = "Requests that a browser saved; secrets are taken out.")
  List<Path> hars = List.of();

  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      description = "Requests of an access log, combined or JSON lines; secrets are taken out.")
  List<Path> accessLogs = List.of();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "localhost",
      description =
          "With --access-log: the host of lines that name none (default: ${DEFAULT-VALUE}).")
  String host = "localhost";

  @Option(
      names = "--generate",
      paramLabel = "CONF",
      description =
          "Cases made from an nginx.conf and its Lua: each location, pattern, word, hit and missed.")
  @Nullable Path generate;

  @Option(
      names = "--prefix",
      paramLabel = "DIR",
      description =
          "With --generate: the folder that relative paths start from (default: the file's).")
  @Nullable Path prefix;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "With --generate: a JSON file whose objects name hosts, such as tenants.")
  List<Path> data = List.of();

  @Option(
      names = "--client-header",
      paramLabel = "NAME",
      defaultValue = "X-Forwarded-For",
      description = {
        "With --generate: the field by which servers learn the client's address; each case comes",
        "from one of its own (default: ${DEFAULT-VALUE})."
      })
  String clientHeader = "X-Forwarded-For";

  @Option(
      names = "--skip",
      paramLabel = "REGEX",
      description = "Leave out cases that ask for a path in which this is found.")
  List<Pattern> skipped = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1",
      converter = DuelTuning.Positive.class,
      description = "Ask everything so many times (default: ${DEFAULT-VALUE}).")
  int rounds = 1;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Write all cases as one suite; without servers that is all that is done.")
  @Nullable Path save;

  /** Whether nothing was named that holds cases. */
  boolean areMissing() {
    return suites.isEmpty() && hars.isEmpty() && accessLogs.isEmpty() && generate == null;
  }

  /**
   * All cases, of whatever source. Mistakes of suites are among the flaws, since somebody meant to
   * ask that; what a recording has beside requests is told and passed over.
   */
  Loaded cases(long seed, PrintWriter err) {
    List<Case> cases = new ArrayList<>();
    List<Flaw> flaws = new ArrayList<>();
    for (Path file : suites) {
      Loaded suite = SuiteReader.load(file);
      cases.addAll(suite.cases());
      flaws.addAll(suite.flaws());
    }
    flaws.forEach(flaw -> err.println("banyan: " + flaw));
    hars.forEach(file -> cases.addAll(recorded(file, Recording.har(file), err)));
    accessLogs.forEach(file -> cases.addAll(recorded(file, Recording.accessLog(file, host), err)));
    if (generate != null) {
      cases.addAll(generated(generate, seed));
    } else if (!data.isEmpty() || prefix != null) {
      throw new SuiteException("--data and --prefix belong to --generate CONF: name an nginx.conf");
    }
    if (cases.isEmpty()) {
      throw new SuiteException("nothing to ask: what was named holds no case");
    }
    cases.removeIf(this::isSkipped);
    if (cases.isEmpty()) {
      throw new SuiteException("nothing to ask: --skip leaves no case");
    }
    return new Loaded(cases, flaws);
  }

  private static List<Case> recorded(Path file, Loaded recording, PrintWriter err) {
    List<Flaw> flaws = recording.flaws();
    if (!flaws.isEmpty()) {
      err.printf(
          Locale.ROOT,
          "banyan: %s: %,d of %,d can't be asked again and are left out:%n",
          file,
          flaws.size(),
          flaws.size() + recording.cases().size());
      flaws.stream().limit(SHOWN).forEach(flaw -> err.println("banyan:   " + flaw));
      if (flaws.size() > SHOWN) {
        err.println("banyan:   and " + (flaws.size() - SHOWN) + " more");
      }
    }
    return recording.cases();
  }

  private boolean isSkipped(Case one) {
    return one.steps().stream()
        .map(step -> step.request().target())
        .anyMatch(target -> skipped.stream().anyMatch(p -> p.matcher(target).find()));
  }

  private List<Case> generated(Path conf, long seed) {
    Path folder = conf.toAbsolutePath().getParent();
    Path start = prefix != null || folder == null ? prefix : folder;
    return Generator.suite(
        new Generator.Inputs(conf, start == null ? Path.of("") : start, data, clientHeader), seed);
  }

  /** Writes the cases where that is asked for; whether it is. */
  boolean save(List<Case> cases, PrintWriter out) throws IOException {
    if (save == null) {
      return false;
    }
    Files.writeString(save, SuiteWriter.text(cases));
    out.println(cases.size() + " cases written to " + save);
    return true;
  }

  /** The cases in the order that they are asked in. */
  CaseSource source(List<Case> cases, long seed) {
    List<Case> all = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      all.addAll(cases);
    }
    return CaseSource.shuffled(all, seed);
  }
}
