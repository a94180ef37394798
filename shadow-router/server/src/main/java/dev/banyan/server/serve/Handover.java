package dev.banyan.server.serve;

import dev.banyan.transport.ProcessLine;
import dev.banyan.transport.ProcessLine.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Owned by the thread that hands over, never an event loop's: starts another process and gives it
 * the sockets of this one.
 *
 * <p>This process serves as before until the other one accepts. When that can't, nothing has
 * changed here.
 */
public final class Handover {
  /** How long the other process may take until it is ready. */
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The first process of a container: its end is the container's. */
  private static final long FIRST = 1;

  /** In place of the JDK's own program for it, which an upgrade of the JDK may have replaced. */
  private static final String LAUNCH = "jdk.lang.Process.launchMechanism";

  private static final Duration KILLING = Duration.ofSeconds(5);

  private final Serving server;
  private final List<String> command;
  private final BooleanSupplier stopped;

  /**
   * @param command starts the other process
   * @param stopped whether this process was told to end meanwhile
   */
  public Handover(Serving server, List<String> command, BooleanSupplier stopped) {
    this.server = server;
    this.command = List.copyOf(command);
    this.stopped = stopped;
  }

  /**
   * Hands over.
   *
   * @return the process that accepts now
   * @throws CannotHandOver with the reason; this process goes on then
   */
  public ProcessHandle run() throws CannotHandOver {
    long own = ProcessHandle.current().pid();
    if (own == FIRST) {
      throw new CannotHandOver(
          "this is process 1, with which its container ends: replace the container");
    }
    try {
      Path folder = Files.createTempDirectory("banyan-handover");
      Path place = folder.resolve("line");
      try (ProcessLine.Door door = ProcessLine.open(place)) {
        return start(door, own + ":" + place);
      } finally {
        Files.deleteIfExists(place);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new CannotHandOver(String.valueOf(e.getMessage()), e);
    }
  }

  private ProcessHandle start(ProcessLine.Door door, String place)
      throws IOException, CannotHandOver {
    List<Integer> sockets = server.descriptors();
    if (System.getProperty(LAUNCH) == null) {
      System.setProperty(LAUNCH, "FORK");
    }
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put(Predecessor.VARIABLE, place);
    Process process = builder.start();
    boolean done = false;
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      give(
          door,
          sockets,
          () -> !process.isAlive() || stopped.getAsBoolean() || System.nanoTime() - end > 0);
      done = true;
      return process.toHandle();
    } catch (GivenUp e) {
      throw new CannotHandOver(reason(process), e);
    } finally {
      if (!done) {
        end(process);
      }
    }
  }

  /** The other process won't come to its end. */
  private static final class GivenUp extends IOException {
    private static final long serialVersionUID = 1;

    GivenUp() {
      super("the other process is not waited for any more");
    }
  }

  private void give(ProcessLine.Door door, List<Integer> sockets, BooleanSupplier over)
      throws IOException {
    ProcessLine answered = door.answer(over);
    if (answered == null) {
      throw new GivenUp();
    }
    try (ProcessLine line = answered) {
      line.give(sockets);
      if (!line.hears(Word.READY, over)) {
        throw new GivenUp();
      }
      boolean serving = false;
      try {
        server.letGo();
        line.say(Word.YOURS);
        serving = line.hears(Word.SERVING, over);
      } finally {
        if (!serving) {
          server.takeBack();
        }
      }
      if (!serving) {
        throw new GivenUp();
      }
    }
  }

  private String reason(Process process) {
    if (stopped.getAsBoolean()) {
      return "this process was told to end";
    }
    try {
      if (process.waitFor(KILLING.toMillis(), TimeUnit.MILLISECONDS)) {
        return "the new process ended with "
            + process.exitValue()
            + " before it was ready, and has said why";
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "the new process was not ready after " + PATIENCE.toSeconds() + " s";
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
