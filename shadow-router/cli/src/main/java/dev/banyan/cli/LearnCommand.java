package dev.banyan.cli;

import dev.banyan.vectors.VectorFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
    name = "learn",
    description =
        "Records from live traffic what a module at lua or shadow reads, writes and answers.")
final class LearnCommand implements Callable<Integer> {
  private static final Pattern OURS = Pattern.compile("learned\\.json|\\d{4}-.*\\.json");

  @Mixin AdminOptions admin = new AdminOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "MODULE", description = "The module, such as edge.waf.")
  String module = "";

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long to record, 1 to 3600 (default: ${DEFAULT-VALUE}).")
  int seconds;

  @Option(
      names = "--max",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many vectors at most, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  int max;

  @Option(
      names = "--keep",
      paramLabel = "NAME",
      description =
          "Record the values of this header, cookie or field though they are secret; may be given"
              + " several times.")
  List<String> keep = new ArrayList<>();

  @Option(
      names = "--vectors",
      paramLabel = "DIR",
      description = "Where the vectors go (default: vectors/MODULE).")
  @Nullable Path folder;

  @Option(names = "--again", description = "Replace the vectors that an earlier run has put there.")
  boolean again;

  @Override
  public Integer call() {
    Path into = folder == null ? Path.of("vectors", module) : folder;
    requireFree(into);
    AdminClient client = admin.connect();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("seconds", seconds);
    body.put("vectors", max);
    body.put("keep", keep);
    client.post(path(), body);
    try (Interruption _ = Interruption.ends(() -> stop(client))) {
      return learned(client, into);
    }
  }

  /** Whoever presses Ctrl-C wants the recording to end too, and what it has. */
  private void stop(AdminClient client) {
    try {
      client.delete(path());
    } catch (CommandFailure e) {
      spec.commandLine().getErr().println("banyan: the recording goes on: " + e.getMessage());
    }
  }

  private int learned(AdminClient client, Path into) {
    JsonNode report = watch(client);
    JsonNode vectors = client.get(AdminClient.module(module, "/vectors")).path("vectors");
    // An earlier run's vectors go only when this one has something in their place.
    int written = again && vectors.isEmpty() ? 0 : write(client, into, report, vectors);
    PrintWriter out = spec.commandLine().getOut();
    if (admin.json) {
      out.println(client.pretty(report));
    } else {
      new LearnText(report, keep, out).print();
      out.println();
      out.println(
          written == 0
              ? "no vectors: send traffic that calls " + module + ", and learn again"
              : written + " vectors in " + into + "; next: banyan new-module " + module);
    }
    return written == 0 ? ExitCodes.PROBLEM : ExitCodes.OK;
  }

  private String path() {
    return AdminClient.module(module, "/learn");
  }

  private void requireFree(Path into) {
    if (!Files.isDirectory(into)) {
      return;
    }
    try (Stream<Path> files = Files.list(into)) {
      List<Path> there = files.toList();
      if (there.stream().anyMatch(file -> !again || !OURS.matcher(name(file)).matches())) {
        throw new CommandFailure(
            ExitCodes.PROBLEM,
            again
                ? into + " holds other files than vectors: name another folder with --vectors"
                : into
                    + " is not empty: replace what is there with --again, or name another"
                    + " folder with --vectors");
      }
    } catch (IOException e) {
      throw new CommandFailure(ExitCodes.PROBLEM, into + " can't be read: " + e.getMessage());
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static void clear(Path into) throws IOException {
    try (Stream<Path> files = Files.list(into)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  /** Follows the recording to its end, with a line now and then for who waits. */
  private JsonNode watch(AdminClient client) {
    PrintWriter err = spec.commandLine().getErr();
    int waited = 0;
    while (true) {
      JsonNode report = client.get(path());
      if (!report.path("state").asString("").equals("recording")) {
        return report;
      }
      if (waited % 5 == 0) {
        err.println(progress(report));
      }
      waited++;
      try {
        TimeUnit.SECONDS.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        client.delete(path());
        throw new CommandFailure(ExitCodes.PROBLEM, "interrupted; the recording was stopped");
      }
    }
  }

  private static String progress(JsonNode report) {
    return String.format(
        Locale.ROOT,
        "recording: %,d calls, %d vectors, lines %s, branches %s",
        report.path("calls").asLong(0),
        report.path("vectors").asInt(0),
        CoverageText.counts(report.path("lines")),
        CoverageText.counts(report.path("branches")));
  }

  private static int write(AdminClient client, Path into, JsonNode report, JsonNode vectors) {
    try {
      Files.createDirectories(into);
      clear(into);
      Path file = into.resolve(VectorFolder.REPORT);
      Files.writeString(file, client.pretty(report) + "\n", StandardCharsets.UTF_8);
      int number = 0;
      for (JsonNode vector : vectors) {
        String name =
            String.format(
                Locale.ROOT, "%04d-%s.json", ++number, vector.path("function").asString(""));
        Files.writeString(
            into.resolve(name.replaceAll("[^A-Za-z0-9._-]", "_")),
            client.pretty(vector) + "\n",
            StandardCharsets.UTF_8);
      }
      return number;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.PROBLEM, "the vectors can't be written: " + e.getMessage());
    }
  }
}
