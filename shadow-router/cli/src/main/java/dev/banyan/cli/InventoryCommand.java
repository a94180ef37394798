package dev.banyan.cli;

import dev.banyan.server.check.ConfigCheck;
import dev.banyan.server.inventory.Inventory;
import dev.banyan.server.inventory.InventoryTree;
import dev.banyan.server.inventory.ModuleUsage;
import dev.banyan.server.serve.ConfSource;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
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
  private static final String USAGE = "/api/v1/inventory/usage";
  private static final int PATIENCE_MILLIS = 15_000;
  private static final int LOOK_AGAIN_MILLIS = 200;

  @Mixin ConfOptions.Alone nginx = new ConfOptions.Alone();
  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin AdminOptions admin = new AdminOptions();

  @Option(
      names = "--live",
      description = "Have the running Banyan meter each module: calls, and CPU.")
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
    Map<String, ModuleUsage> usage = live ? watch(admin.connect()) : Map.of();
    PrintWriter out = spec.commandLine().getOut();
    if (admin.json) {
      Object tree = InventoryTree.of(inventory, usage);
      out.println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree));
    } else {
      new InventoryText(inventory, usage, out).print();
    }
    return ExitCodes.OK;
  }

  private Map<String, ModuleUsage> watch(AdminClient client) {
    client.post(USAGE, Map.of("seconds", seconds));
    long end = System.nanoTime() + (seconds * 1_000L + PATIENCE_MILLIS) * 1_000_000L;
    try {
      TimeUnit.SECONDS.sleep(seconds);
      JsonNode tree = client.get(USAGE);
      while (tree.path("state").asString("").equals("measuring") && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        tree = client.get(USAGE);
      }
      return usage(tree);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCodes.PROBLEM, "interrupted while watching");
    }
  }

  private static Map<String, ModuleUsage> usage(JsonNode tree) {
    String ended = tree.path("ended").asString("");
    if (!ended.equals("its time is over")) {
      throw new CommandFailure(
          ExitCodes.PROBLEM,
          "metering didn't come to its end"
              + (ended.isEmpty() ? "" : " (" + ended + ")")
              + ": run it again");
    }
    Map<String, ModuleUsage> usage = new LinkedHashMap<>();
    tree.path("modules")
        .propertyStream()
        .forEach(one -> usage.put(one.getKey(), usageOf(one.getValue())));
    return usage;
  }

  private static ModuleUsage usageOf(JsonNode one) {
    JsonNode micros = one.path("cpuMicrosPerCall");
    return new ModuleUsage(
        one.path("callsPerSecond").asDouble(0),
        micros.isNumber() ? micros.asDouble() : null,
        one.path("cpuOfCore").asDouble(0),
        one.path("cpuShare").asDouble(0));
  }

  private ConfSource source() {
    return nginx.isBare() ? nginx.source() : ConfigCheck.source(admin.config, nginx.directives);
  }
}
