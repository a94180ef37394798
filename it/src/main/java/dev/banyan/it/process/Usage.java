package dev.banyan.it.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Immutable: what a program and its children have used.
 *
 * @param cpuMillis processor time since their start, user and system, in milliseconds
 * @param residentKib memory that is theirs now
 */
public record Usage(long cpuMillis, long residentKib) {
  private static final long MILLIS_PER_TICK = 10;
  private static final int USER = 11;
  private static final int SYSTEM = 12;

  /** Looks at /proc. */
  public static Usage of(ProcessHandle program) throws IOException {
    List<ProcessHandle> all = Stream.concat(Stream.of(program), program.descendants()).toList();
    long cpu = 0;
    long resident = 0;
    for (ProcessHandle one : all) {
      Path proc = Path.of("/proc", String.valueOf(one.pid()));
      cpu += ticks(proc) * MILLIS_PER_TICK;
      resident += resident(proc);
    }
    return new Usage(cpu, resident);
  }

  /** The fields after the program's name, which may hold anything. */
  private static long ticks(Path proc) throws IOException {
    String stat = Files.readString(proc.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
  }

  private static long resident(Path proc) throws IOException {
    for (String line : Files.readAllLines(proc.resolve("status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }
}
