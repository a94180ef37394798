package dev.banyan.cli;

import dev.banyan.server.serve.ConfSource;
import dev.banyan.server.serve.PidFile;
import java.io.IOException;

/**
 * {@code -s}: tells the process that serves a configuration to read it or to open its logs again,
 * or to end.
 */
final class NginxSignal {
  private NginxSignal() {}

  static int send(ConfSource source, String signal) {
    String name =
        switch (signal) {
          case "reload" -> "HUP";
          case "reopen" -> "USR1";
          case "quit" -> "TERM";
          case "stop" -> "INT";
          default ->
              throw new CommandFailure(
                  ExitCodes.USAGE,
                  "-s " + signal + " is unknown: expected reload, reopen, upgrade, quit or stop");
        };
    return kill(process(source), name);
  }

  /** The process that serves a configuration. */
  static ProcessHandle process(ConfSource source) {
    return Problems.orFail(() -> PidFile.running(source))
        .orElseThrow(() ->
            new CommandFailure(
                ExitCodes.UNREACHABLE, "no process serves " + source.conf() + ": start it first"));
  }

  /** Sends a signal; the exit code. */
  static int kill(ProcessHandle process, String name) {
    try {
      int code =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
              .inheritIO()
              .start()
              .waitFor();
      return code == 0 ? ExitCodes.OK : ExitCodes.PROBLEM;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.PROBLEM, "process " + process.pid() + " can't be signalled: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCodes.PROBLEM;
    }
  }
}
