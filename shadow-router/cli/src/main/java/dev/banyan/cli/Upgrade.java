package dev.banyan.cli;

import dev.banyan.server.serve.ConfSource;
import dev.banyan.server.serve.Handover;
import dev.banyan.server.serve.PidFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What starts the program anew in the place of a process that serves, and who asks for it. */
final class Upgrade {
  /** The environment's name for the script that started this process. */
  private static final String LAUNCHER = "BANYAN_LAUNCHER";

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final Duration STEP = Duration.ofMillis(50);

  /** How long a process may take to begin with it. */
  private static final Duration BEGINNING = Duration.ofSeconds(10);

  private Upgrade() {}

  /**
   * What starts the program as it is now on the disk, with the arguments of this process: the
   * script that started it, which finds the JDK and the jar and knows the options, or else the
   * JVM's own command line.
   */
  static List<String> command(CommandSpec spec) {
    String launcher = System.getenv(LAUNCHER);
    if (launcher != null && !launcher.isEmpty()) {
      List<String> command = new ArrayList<>(List.of(launcher));
      command.addAll(spec.root().commandLine().getParseResult().originalArgs());
      return command;
    }
    try {
      return List.of(Files.readString(COMMAND_LINE, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.PROBLEM, "what started this process isn't known: " + e.getMessage());
    }
  }

  /** Asks the process of a configuration to hand over, and waits until it has; the exit code. */
  static int ask(ConfSource source, PrintWriter out) {
    ProcessHandle process = NginxSignal.process(source);
    long pid = process.pid();
    if (!hears(pid)) {
      throw new CommandFailure(
          ExitCodes.REFUSED,
          "process "
              + pid
              + " leaves SIGUSR2 to its JVM: start it by scripts/banyan, or with _JAVA_SR_SIGNUM=60"
              + " in its environment");
    }
    if (NginxSignal.kill(process, "USR2") != ExitCodes.OK) {
      return ExitCodes.PROBLEM;
    }
    long begun = System.nanoTime();
    boolean started = false;
    while (System.nanoTime() - begun < (started ? Handover.PATIENCE : BEGINNING).toNanos()) {
      pause();
      long now = Problems.orFail(() -> PidFile.running(source)).map(ProcessHandle::pid).orElse(pid);
      if (now != pid) {
        out.println("banyan: process " + pid + " has handed over to process " + now);
        return ExitCodes.OK;
      }
      boolean child = process.children().findAny().isPresent();
      if (started && !child) {
        break;
      }
      started |= child;
    }
    throw new CommandFailure(
        ExitCodes.PROBLEM, "process " + pid + " has not handed over: its standard error says why");
  }

  private static boolean hears(long pid) {
    try {
      String environment =
          Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
      return ("\0" + environment).contains("\0_JAVA_SR_SIGNUM=");
    } catch (IOException e) {
      return true; // another user's: the signal itself will tell
    }
  }

  private static void pause() {
    try {
      Thread.sleep(STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCodes.PROBLEM, "interrupted");
    }
  }
}
