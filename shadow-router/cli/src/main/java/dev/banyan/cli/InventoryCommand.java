package dev.banyan.cli;

import dev.banyan.server.check.ConfigCheck;
import dev.banyan.server.inventory.Inventory;
import dev.banyan.server.inventory.InventoryTree;
import dev.banyan.server.inventory.TrafficShare;
import dev.banyan.server.serve.ConfSource;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "inventory",
    description = "Tells what the legacy's Lua consists of, what is dead, and what to port first.")
final class InventoryCommand implements Callable<Integer> {
  private static final int MOST_SECONDS = 600;
  private static final String MODULES = "/api/v1/modules";

  @Mixin ConfOptions.Alone nginx = new ConfOptions.Alone();
  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin AdminOptions admin = new AdminOptions();

  @Option(
      names = "--live",
      description = "Ask the running Banyan what share of the traffic each module has.")
  boolean live;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How long --live watches, 1 to 600 (default: ${DEFAULT-VALUE}).")
  int seconds;

  @Override
  public Integer call() {
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new ParameterException(
          spec.commandLine(), "--seconds " + seconds + " is not in 1.." + MOST_SECONDS);
    }
    Inventory inventory = Problems.orFail(() -> Inventory.of(source()));
    Map<String, TrafficShare> shares = live ? watch(admin.connect()) : Map.of();
    PrintWriter out = spec.commandLine().getOut();
    if (admin.json) {
      Object tree = InventoryTree.of(inventory, shares);
      out.println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree));
    } else {
      new InventoryText(inventory, shares, out).print();
    }
    return ExitCodes.OK;
  }

  private Map<String, TrafficShare> watch(AdminClient client) {
    JsonNode before = client.get(MODULES);
    long start = System.nanoTime();
    try {
      TimeUnit.SECONDS.sleep(seconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCodes.PROBLEM, "interrupted while watching");
    }
    JsonNode after = client.get(MODULES);
    return LiveShare.between(before, after, (System.nanoTime() - start) / 1e9);
  }

  private ConfSource source() {
    return nginx.isBare() ? nginx.source() : ConfigCheck.source(admin.config, nginx.directives);
  }
}
