package dev.banyan.cli;

import dev.banyan.server.check.ConfigCheck;
import dev.banyan.server.config.ConfigProblem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "check",
    description = "Finds everything that is wrong with a configuration, without starting it.")
final class CheckCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "${BANYAN_CONFIG:-banyan.yaml}",
      description = "The configuration to check (default: ${DEFAULT-VALUE}).")
  Path config = Path.of("banyan.yaml");

  @Option(names = "--json", description = "Answer in JSON, for scripts.")
  boolean json;

  @Override
  public Integer call() {
    List<ConfigProblem> problems = ConfigCheck.of(config);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree(problems)));
    } else if (problems.isEmpty()) {
      out.println(config + ": no problem found");
    } else {
      problems.forEach(out::println);
    }
    return problems.isEmpty() ? ExitCodes.OK : ExitCodes.PROBLEM;
  }

  private static Map<String, Object> tree(List<ConfigProblem> problems) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (ConfigProblem problem : problems) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("file", problem.file().toString());
      one.put("line", problem.line());
      one.put("message", problem.message());
      list.add(one);
    }
    return Map.of("problems", list);
  }
}
