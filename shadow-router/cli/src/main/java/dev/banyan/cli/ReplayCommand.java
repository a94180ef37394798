package dev.banyan.cli;

import dev.banyan.host.BoundPort;
import dev.banyan.host.ModuleHost;
import dev.banyan.host.PortDefect;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.vectors.BadVector;
import dev.banyan.vectors.ReplayRun;
import dev.banyan.vectors.ReplayRun.Declines;
import dev.banyan.vectors.ReplayRun.Result;
import dev.banyan.vectors.ResultText;
import dev.banyan.vectors.Vector;
import dev.banyan.vectors.VectorFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "replay",
    description =
        "Gives the vectors of a module to its Java port, without Lua or a server, and compares.")
final class ReplayCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "MODULE", description = "The module, such as edge.waf.")
  String module = "";

  @Option(
      names = "--vectors",
      paramLabel = "DIR",
      description = "Where the vectors are (default: vectors/MODULE).")
  @Nullable Path folder;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "${BANYAN_CONFIG:-banyan.yaml}",
      description = "The configuration that lists the port's jar (default: ${DEFAULT-VALUE}).")
  Path config = Path.of("banyan.yaml");

  @Option(
      names = "--may-decline",
      description = "A call that the port leaves to Lua is no failure.")
  boolean mayDecline;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many failures to show (default: ${DEFAULT-VALUE}).")
  int limit;

  @Option(names = "--json", description = "Answer in JSON, for scripts.")
  boolean json;

  @Override
  public Integer call() {
    List<Vector> vectors = vectors();
    BoundPort port = port();
    long start = System.nanoTime();
    ReplayRun run = ReplayRun.of(port, vectors);
    long micros = (System.nanoTime() - start) / 1_000;
    Declines declines = mayDecline ? Declines.PASS : Declines.FAIL;
    List<Result> failures = run.failures(declines);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new JsonMapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(tree(run, failures)));
    } else {
      failures.stream().limit(limit).forEach(one -> out.println(ResultText.of(one) + "\n"));
      if (failures.size() > limit) {
        out.println((failures.size() - limit) + " more failures: show them with --limit\n");
      }
      out.println(
          String.format(Locale.ROOT, "%s in %s", run.summary(), Paper.micros((double) micros)));
    }
    return failures.isEmpty() ? ExitCodes.OK : ExitCodes.PROBLEM;
  }

  private List<Vector> vectors() {
    try {
      List<Vector> vectors =
          VectorFolder.read(folder == null ? Path.of("vectors", module) : folder);
      for (Vector vector : vectors) {
        if (!vector.call().module().equals(module)) {
          throw new CommandFailure(
              ExitCodes.PROBLEM,
              "vector "
                  + vector.name()
                  + " is of "
                  + vector.call().module()
                  + ", not of "
                  + module
                  + ": name another folder with --vectors");
        }
      }
      return vectors;
    } catch (BadVector e) {
      throw new CommandFailure(ExitCodes.PROBLEM, String.valueOf(e.getMessage()));
    }
  }

  private BoundPort port() {
    BanyanConfig loaded = Problems.orFail(() -> BanyanConfig.load(config));
    try {
      BoundPort port = ModuleHost.load(loaded.ports()).port(module);
      if (port == null) {
        throw new CommandFailure(
            ExitCodes.PROBLEM,
            config
                + " lists no port of "
                + module
                + ": build it, and list its jar under \"ports\"");
      }
      return port;
    } catch (PortDefect e) {
      throw new CommandFailure(ExitCodes.PROBLEM, String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> tree(ReplayRun run, List<Result> failures) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("summary", run.summary());
    tree.put("vectors", run.results().size());
    tree.put("failures", failures.size());
    Map<String, String> each = new LinkedHashMap<>();
    failures.forEach(one -> each.put(one.vector().name(), ResultText.of(one)));
    tree.put("failed", each);
    return tree;
  }
}
