package dev.banyan.cli;

import dev.banyan.cli.battery.Battery;
import dev.banyan.cli.battery.BatteryText;
import dev.banyan.cli.battery.Finding;
import dev.banyan.cli.battery.Tally;
import dev.banyan.cli.battery.Tally.Fate;
import dev.banyan.cli.reproduce.BothSides;
import dev.banyan.cli.reproduce.Ground;
import dev.banyan.cli.reproduce.PortProject;
import dev.banyan.lua.replay.CannotReplay;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.vectors.BadVector;
import dev.banyan.vectors.Vector;
import dev.banyan.vectors.VectorFolder;
import dev.banyan.vectors.spoil.Spoiled;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "battery",
    description =
        "Gives missing, malformed, oversized and late inputs, made of a module's vectors, to Lua and"
            + " to its port, without a server, and compares how they take them.")
final class BatteryCommand implements Callable<Integer> {
  private static final int PROGRESS_EVERY = 5_000;

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "MODULE", description = "The module, such as edge.waf.")
  String module = "";

  @Option(
      names = "--vectors",
      paramLabel = "DIR",
      description = "Where the vectors are (default: the port's own, beside its jar).")
  @Nullable Path folder;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "${BANYAN_CONFIG:-banyan.yaml}",
      description = "The configuration that lists the port's jar (default: ${DEFAULT-VALUE}).")
  Path config = Path.of("banyan.yaml");

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many causes to show with an input (default: ${DEFAULT-VALUE}).")
  int limit;

  @Option(names = "--json", description = "Answer in JSON, for scripts.")
  boolean json;

  @Override
  public Integer call() {
    BanyanConfig loaded = Problems.orFail(() -> BanyanConfig.load(config));
    PortProject project = ReproduceCommand.orFail(() -> PortProject.of(module, loaded.ports()));
    List<Vector> vectors = vectors(project);
    List<RecordedCall> calls = vectors.stream().map(Vector::call).toList();
    try (Ground ground = new Ground(loaded, ReproduceCommand.home(loaded), project)) {
      Supplier<BothSides> fresh = ground.fresh(calls);
      Battery.Outcome outcome = new Battery(fresh, this::progress).of(vectors);
      report(outcome, new BatteryText(fresh));
      return outcome.findings().isEmpty() ? ExitCodes.OK : ExitCodes.PROBLEM;
    } catch (CannotReplay e) {
      throw new CommandFailure(ExitCodes.PROBLEM, String.valueOf(e.getMessage()));
    }
  }

  private List<Vector> vectors(PortProject project) {
    try {
      List<Vector> own =
          VectorFolder.read(ReproduceCommand.orFail(() -> project.vectors(folder, "--vectors")))
              .stream()
              .filter(vector -> vector.call().module().equals(module))
              .toList();
      if (own.isEmpty()) {
        throw new CommandFailure(
            ExitCodes.PROBLEM, "no vector is of " + module + ": name another folder");
      }
      return own;
    } catch (BadVector e) {
      throw new CommandFailure(ExitCodes.PROBLEM, String.valueOf(e.getMessage()));
    }
  }

  private void progress(int given) {
    if (given % PROGRESS_EVERY == 0 && !json) {
      spec.commandLine().getErr().println(given + " inputs given");
    }
  }

  private void report(Battery.Outcome outcome, BatteryText text) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree(outcome)));
      return;
    }
    Paper paper = new Paper(out);
    table(paper, outcome.tallies());
    if (outcome.left() > 0) {
      paper.line("%s more were not given: there were too many", Paper.count(outcome.left()));
    }
    int shown = 0;
    for (Finding finding : outcome.findings()) {
      if (shown++ == limit) {
        paper.line("");
        paper.line("%d more causes: --limit shows them", outcome.findings().size() - limit);
        break;
      }
      show(paper, finding, text);
    }
  }

  private static void table(Paper paper, Map<Spoiled.Kind, Tally> tallies) {
    List<Object> head = new ArrayList<>(List.of("INPUT", "GIVEN"));
    for (Fate fate : Fate.values()) {
      head.add(fate.label().toUpperCase(Locale.ROOT));
    }
    paper.row(head.toArray());
    tallies.forEach((kind, tally) -> {
      List<Object> row = new ArrayList<>(List.of(label(kind), Paper.count(tally.total())));
      for (Fate fate : Fate.values()) {
        row.add(Paper.count(tally.of(fate)));
      }
      paper.row(row.toArray());
    });
    paper.table();
  }

  private static String label(Spoiled.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static void show(Paper paper, Finding finding, BatteryText text) {
    paper.line("");
    paper.line(
        "%s: %s  (%s inputs)",
        finding.fate().label(), finding.cause(), Paper.count(finding.count()));
    paper.line(
        "  first by vector %s, %s: %s",
        finding.vector(), finding.first().place(), finding.first().what());
    text.of(finding).forEach(line -> paper.line("%s", line));
  }

  private Map<String, @Nullable Object> tree(Battery.Outcome outcome) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("module", module);
    Map<String, Object> kinds = new LinkedHashMap<>();
    outcome
        .tallies()
        .forEach((kind, tally) -> {
          Map<String, Integer> counts = new LinkedHashMap<>();
          counts.put("given", tally.total());
          for (Fate fate : Fate.values()) {
            counts.put(fate.label(), tally.of(fate));
          }
          kinds.put(label(kind), counts);
        });
    tree.put("inputs", kinds);
    tree.put("notGiven", outcome.left());
    tree.put("findings", outcome.findings().stream().map(BatteryCommand::finding).toList());
    return tree;
  }

  private static Map<String, Object> finding(Finding finding) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("result", finding.fate().label());
    tree.put("cause", finding.cause());
    tree.put("inputs", finding.count());
    tree.put("vector", finding.vector());
    tree.put("place", finding.first().place());
    tree.put("what", finding.first().what());
    return tree;
  }
}
