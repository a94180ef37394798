package dev.banyan.cli;

import dev.banyan.gateway.LuaHomes;
import dev.banyan.host.BoundPort;
import dev.banyan.host.ModuleHost;
import dev.banyan.host.PortDefect;
import dev.banyan.lua.replay.CannotReplay;
import dev.banyan.lua.replay.LuaReplay;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.nginx.NginxConf;
import dev.banyan.server.check.LegacyLua;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.ConfSource;
import dev.banyan.vectors.BadVector;
import dev.banyan.vectors.LuaRun;
import dev.banyan.vectors.ReplayRun;
import dev.banyan.vectors.ReplayRun.Declines;
import dev.banyan.vectors.Vector;
import dev.banyan.vectors.VectorFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    description = "Gives the vectors of a module to its Java port, without a server, and compares.")
final class ReplayCommand implements Callable<Integer> {
  private static final int MOST_MACHINES = 32;
  private static final int PROGRESS_EVERY = 200;

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

  @Option(
      names = "--both",
      description =
          "Give them to the Lua module as well, in this process: a vector that Lua itself no longer"
              + " answers so is told apart, and how much of the Lua they run is told.")
  boolean both;

  @Override
  public Integer call() {
    List<Vector> vectors = vectors();
    BanyanConfig loaded = Problems.orFail(() -> BanyanConfig.load(config));
    BoundPort port = port(loaded);
    ConfSource conf = new ConfSource(loaded.conf(), loaded.prefix(), "");
    LuaRun lua = both ? lua(conf, vectors) : null;
    long start = System.nanoTime();
    ReplayRun run = ReplayRun.of(port, vectors);
    long micros = (System.nanoTime() - start) / 1_000;
    ReplayReport report =
        new ReplayReport(
            run, lua, both ? source(conf) : List.of(), mayDecline ? Declines.PASS : Declines.FAIL);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report.tree()));
    } else {
      report.print(out, limit, micros);
    }
    return report.isGood() ? ExitCodes.OK : ExitCodes.PROBLEM;
  }

  private LuaRun lua(ConfSource source, List<Vector> vectors) {
    NginxConf conf = Problems.orFail(source::load);
    List<RecordedCall> calls = vectors.stream().map(Vector::call).toList();
    int machines = Math.min(Runtime.getRuntime().availableProcessors(), MOST_MACHINES);
    PrintWriter err = spec.commandLine().getErr();
    try (LuaReplay replay = LuaReplay.open(LuaHomes.of(conf), module, calls, machines)) {
      return LuaRun.of(
          replay,
          vectors,
          done -> {
            if (done % PROGRESS_EVERY == 0 && !json) {
              err.println("Lua: " + done + " of " + calls.size() + " vectors");
            }
          });
    } catch (CannotReplay e) {
      throw new CommandFailure(ExitCodes.PROBLEM, String.valueOf(e.getMessage()));
    }
  }

  /** The Lua module's text, line by line. */
  private List<String> source(ConfSource conf) {
    return LegacyLua.of(Problems.orFail(conf::syntax), conf.prefix())
        .findOwn(module)
        .map(ReplayCommand::lines)
        .orElse(List.of());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new CommandFailure(ExitCodes.PROBLEM, file + " can't be read: " + e.getMessage());
    }
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

  private BoundPort port(BanyanConfig loaded) {
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
}
