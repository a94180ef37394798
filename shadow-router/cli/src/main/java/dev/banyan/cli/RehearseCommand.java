package dev.banyan.cli;

import dev.banyan.server.rehearsal.Rehearsal;
import java.io.PrintWriter;
import java.io.StringWriter;
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

  private static void steer(Path config, String mode) {
    String module = Rehearsal.MODULE;
    if (mode.equals("lua")) {
      run("rollback", module, "--why", "rehearsal", "--config", config.toString());
    } else {
      run("flag", module, mode, "--why", "rehearsal", "--config", config.toString());
    }
    run("status", "--config", config.toString());
    run("modules", "--config", config.toString());
  }

  private static void run(String... command) {
    StringWriter problems = new StringWriter();
    int code =
        Banyan.run(new PrintWriter(Writer.nullWriter()), new PrintWriter(problems, true), command);
    if (code != ExitCodes.OK) {
      throw new IllegalStateException(String.join(" ", command) + ": " + problems);
    }
  }
}
