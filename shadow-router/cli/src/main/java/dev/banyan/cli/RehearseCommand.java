package dev.banyan.cli;

import dev.banyan.server.serve.Rehearsal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "rehearse",
    hidden = true,
    description = "Starts, serves and stops once, for the JVM that records an ahead-of-time cache.")
final class RehearseCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    Rehearsal.play();
    return ExitCodes.OK;
  }
}
