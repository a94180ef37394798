package dev.banyan.server.shadow;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * For any thread: how much the operating system lets others go before the calling one. On Linux a
 * thread's niceness is its own (nice(2), C library/kernel differences), and threads that it starts
 * inherit it; elsewhere it is the whole process's, which is left alone. A thread may always become
 * nicer; becoming less nice again takes a privilege, so there is no way back.
 */
final class Niceness {
  /** The nicest that Linux knows. */
  static final int MOST = 19;

  private Niceness() {}

  /**
   * Makes the calling thread nicer than it is, to {@link #MOST} at most.
   *
   * @param more how much, from 0
   * @return why that is not to be had; empty when it is
   */
  static Optional<String> add(int more) {
    if (!"Linux".equals(System.getProperty("os.name"))) {
      return Optional.of("only a thread of Linux has one of its own");
    }
    try {
      MethodHandle nice = nice();
      int before = (int) (long) nice.invokeExact(0L);
      int after = (int) (long) nice.invokeExact((long) more);
      return after == Math.min(MOST, before + more) // -1 may be a niceness as well as a refusal
          ? Optional.empty()
          : Optional.of("the system refused");
    } catch (Throwable t) { // a handle may throw anything; without native access it isn't even made
      return Optional.of(t.toString());
    }
  }

  /**
   * Argument and result travel as {@code long}, of which the lower half counts: that is a shape
   * which the JVM has made already for functions of PCRE2.
   */
  private static MethodHandle nice() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("nice"),
        FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
  }
}
