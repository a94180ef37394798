package dev.banyan.cli;

import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.ConfSource;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "upgrade",
    description = {
      "Has the running Banyan start the program anew, as it is on the disk now, and",
      "hand its sockets over to it: no connection is lost."
    })
final class UpgradeCommand implements Callable<Integer> {
  @Mixin ConfOptions.Alone nginx = new ConfOptions.Alone();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "${BANYAN_CONFIG:-banyan.yaml}",
      description = "The configuration that is served (default: ${DEFAULT-VALUE}).")
  Path config = Path.of("banyan.yaml");

  @Override
  public Integer call() {
    return Upgrade.ask(source(), spec.commandLine().getOut());
  }

  private ConfSource source() {
    if (nginx.isBare()) {
      return nginx.source();
    }
    BanyanConfig loaded = Problems.orFail(() -> BanyanConfig.load(config));
    return new ConfSource(loaded.conf(), loaded.prefix(), "");
  }
}
