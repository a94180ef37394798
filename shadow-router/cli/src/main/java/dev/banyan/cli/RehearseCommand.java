package dev.banyan.cli;

import dev.banyan.server.serve.Rehearsal;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "rehearse",
    hidden = true,
    description = "Starts, serves and stops once, for the JVM that records an ahead-of-time cache.")
final class RehearseCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    Rehearsal.play(RehearseCommand::steer);
    return ExitCodes.OK;
  }

  private static void steer(Path config) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    String file = config.toString();
    String module = Rehearsal.MODULE;
    Banyan.run(nowhere, nowhere, "flag", module, "lua", "--why", "rehearsal", "--config", file);
    Banyan.run(nowhere, nowhere, "rollback", module, "--why", "rehearsal", "--config", file);
    Banyan.run(nowhere, nowhere, "status", "--config", file);
    Banyan.run(nowhere, nowhere, "modules", "--config", file);
  }
}
