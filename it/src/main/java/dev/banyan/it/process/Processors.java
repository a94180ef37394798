package dev.banyan.it.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Immutable: what the machine's processors have done since it started, in ticks, and how much of it
 * for this process and all that it has started.
 *
 * @param all of all processors, idle ones too
 * @param busy of those that did something
 * @param ours for this process, for those that it started and for those of them that have ended
 */
public record Processors(long all, long busy, long ours) {
  private static final int IDLE = 3;
  private static final int WAITING = 4;

  /** What follows, guest time, is part of the first two already. */
  private static final int COUNTED = 8;

  /** User and system time of a process; then those of its children that have ended. */
  private static final int USER = 11;

  private static final int SYSTEM_END = 13;
  private static final int ENDED_END = 15;

  /** Looks at /proc. */
  public static Processors now() throws IOException {
    String[] fields =
        Files.readAllLines(Path.of("/proc/stat")).getFirst().replaceFirst("cpu +", "").split(" ");
    long all = 0;
    long busy = 0;
    for (int i = 0; i < COUNTED; i++) {
      long ticks = Long.parseLong(fields[i]);
      all += ticks;
      busy += i == IDLE || i == WAITING ? 0 : ticks;
    }
    long ours = 0;
    ProcessHandle self = ProcessHandle.current();
    for (ProcessHandle one : Stream.concat(Stream.of(self), self.descendants()).toList()) {
      ours += ticks(one, one.equals(self) ? ENDED_END : SYSTEM_END);
    }
    return new Processors(all, busy, ours);
  }

  private static long ticks(ProcessHandle process, int end) {
    String stat;
    try {
      stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
    } catch (IOException e) {
      return 0; // it has just ended, and counts with who started it
    }
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    return fields.subList(USER, end).stream().mapToLong(Long::parseLong).sum();
  }

  /**
   * The share of the processors, from 0 to 1, that programs which this process has not started took
   * since an earlier look.
   */
  public double othersSince(Processors earlier) {
    long others = busy - earlier.busy - (ours - earlier.ours);
    return Math.clamp((double) others / Math.max(1, all - earlier.all), 0, 1);
  }
}
