package dev.banyan.server.shadow;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.Optional;

/**
 * For any thread: how long the calling one wants to run at a time. Since Linux 6.12 the scheduler
 * gives each thread slices of its own length (sched_setattr(2), {@code sched_runtime} of
 * SCHED_OTHER) and runs whoever is woken and wants a shorter one at once, where it would first let
 * the slice of the running one pass. Its share of the processors stays what its niceness says.
 * Older kernels take the wish and do nothing.
 */
final class Slice {
  /** The longest that the kernel takes. */
  static final Duration LONGEST = Duration.ofMillis(100);

  /** {@code struct sched_attr}, as long as its first version. */
  private static final long SIZE = 48;

  private static final long POLICY = 4;
  private static final long RUNTIME = 24;

  private Slice() {}

  /**
   * Has the calling thread run for so long at a time.
   *
   * @return why that is not to be had; empty when it was taken
   */
  static Optional<String> ask(Duration length) {
    long get = number(315, 275);
    if (get < 0) {
      return Optional.of("only Linux on amd64 and aarch64 is known to have it");
    }
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle call = syscall();
      MemorySegment attributes = arena.allocate(SIZE, Long.BYTES);
      long address = attributes.address();
      if ((long) call.invokeExact(get, 0L, address, SIZE, 0L) != 0) {
        return Optional.of("the system doesn't tell how it schedules");
      }
      if (attributes.get(ValueLayout.JAVA_INT, POLICY) != 0) {
        return Optional.of("the process isn't scheduled as others are");
      }
      attributes.set(ValueLayout.JAVA_LONG, RUNTIME, length.toNanos());
      long set = number(314, 274);
      return (long) call.invokeExact(set, 0L, address, 0L, 0L) == 0
          ? Optional.empty()
          : Optional.of("the system refused");
    } catch (Throwable t) { // a handle may throw anything; without native access it isn't even made
      return Optional.of(t.toString());
    }
  }

  private static long number(long amd64, long aarch64) {
    if (!"Linux".equals(System.getProperty("os.name"))) {
      return -1;
    }
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> amd64;
      case "aarch64" -> aarch64;
      default -> -1;
    };
  }

  /** The C library has functions for these calls since glibc 2.41 alone. */
  private static MethodHandle syscall() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("syscall"),
        FunctionDescriptor.of(
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG),
        Linker.Option.firstVariadicArg(1));
  }
}
