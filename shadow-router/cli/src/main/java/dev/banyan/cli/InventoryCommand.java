package dev.banyan.cli;

import dev.banyan.server.check.ConfigCheck;
import dev.banyan.server.inventory.Inventory;
import dev.banyan.server.serve.ConfSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "inventory",
    description = "Tells what the legacy's Lua consists of, what is dead, and what to port first.")
final class InventoryCommand implements Callable<Integer> {
  @Mixin ConfOptions.Alone nginx = new ConfOptions.Alone();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "${BANYAN_CONFIG:-banyan.yaml}",
      description = "The configuration whose legacy is meant (default: ${DEFAULT-VALUE}).")
  Path config = Path.of("banyan.yaml");

  @Option(names = "--json", description = "Answer in JSON, for scripts.")
  boolean json;

  @Override
  public Integer call() {
    Inventory inventory = Problems.orFail(() -> Inventory.of(source()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Object tree = InventoryTree.of(inventory);
      out.println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree));
    } else {
      new InventoryText(inventory, out).print();
    }
    return ExitCodes.OK;
  }

  private ConfSource source() {
    return nginx.isBare() ? nginx.source() : ConfigCheck.source(config, nginx.directives);
  }
}
