package dev.banyan.cli;

import dev.banyan.server.check.CompatibilityReport;
import dev.banyan.server.check.ConfigCheck;
import dev.banyan.server.check.Findings;
import dev.banyan.server.config.ConfigProblem;
import dev.banyan.server.serve.ConfSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "check",
    description = "Finds everything that is wrong with a configuration, without starting it.")
final class CheckCommand implements Callable<Integer> {
  @Mixin ConfOptions.Alone nginx = new ConfOptions.Alone();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "${BANYAN_CONFIG:-banyan.yaml}",
      description = "The configuration to check (default: ${DEFAULT-VALUE}).")
  Path config = Path.of("banyan.yaml");

  @Option(
      names = "--report",
      description = "Tell instead which directives, ngx functions and modules are used, by file.")
  boolean report;

  @Option(names = "--json", description = "Answer in JSON, for scripts.")
  boolean json;

  @Override
  public Integer call() {
    return report ? report() : problems();
  }

  private int problems() {
    Findings findings =
        nginx.isBare() ? ConfigCheck.of(nginx.source()) : ConfigCheck.of(config, nginx.directives);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("problems", tree(findings.problems()));
      tree.put("warnings", tree(findings.warnings()));
      out.println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree));
    } else {
      findings.problems().forEach(out::println);
      findings.warnings().forEach(warning -> out.println("warning: " + warning));
      if (findings.problems().isEmpty()) {
        out.println((nginx.isBare() ? nginx.source().conf() : config) + ": no problem found");
      }
    }
    return findings.problems().isEmpty() ? ExitCodes.OK : ExitCodes.PROBLEM;
  }

  private int report() {
    CompatibilityReport found = Problems.orFail(this::read);
    ReportText text = new ReportText(found);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json
            ? new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(text.tree())
            : text.lines());
    return found.misses() ? ExitCodes.PROBLEM : ExitCodes.OK;
  }

  private CompatibilityReport read() {
    if (nginx.isBare()) {
      return CompatibilityReport.of(nginx.source());
    }
    ConfSource source = ConfigCheck.source(config, nginx.directives);
    return CompatibilityReport.of(source, ConfigCheck.retired(config, nginx.directives));
  }

  private static List<Map<String, Object>> tree(List<ConfigProblem> problems) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (ConfigProblem problem : problems) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("file", problem.file().toString());
      one.put("line", problem.line());
      one.put("message", problem.message());
      list.add(one);
    }
    return list;
  }
}
