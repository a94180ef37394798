package dev.banyan.it.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * For any thread: the right to run before every program of usual priority (Linux, SCHED_FIFO). At a
 * rate the load's client and the origin have it, for all servers alike: in front of a real edge
 * they are other machines, whose work doesn't wait for the edge's processors. Both are idle most of
 * the time. It takes a privilege (root, or CAP_SYS_NICE); without it they wait like all others, and
 * the report says so.
 */
final class Precedence {
  private static final List<String> FIFO = List.of("chrt", "--fifo");
  private static final String LEAST = "1";

  private Precedence() {}

  /** Whether the system grants it. */
  static boolean granted() throws InterruptedException {
    return succeeds(command(List.of("true")));
  }

  /** The command of a program that has it. */
  static List<String> command(List<String> program) {
    List<String> all = new ArrayList<>(FIFO);
    all.add(LEAST);
    all.addAll(program);
    return all;
  }

  /**
   * Gives it to the calling thread, and to none that it starts.
   *
   * @return whether the system granted it
   */
  static boolean take() throws IOException, InterruptedException {
    Path self = Path.of("/proc/thread-self").toRealPath().getFileName();
    return succeeds(
        List.of("chrt", "--reset-on-fork", "--fifo", "--pid", LEAST, String.valueOf(self)));
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // chrt is not installed, or this is no Linux
    }
  }
}
