package dev.banyan.server.shadow;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * For any thread: how much the operating system lets others go before the calling one. On Linux a
 * thread's niceness is its own (setpriority(2), NOTES), and threads that it starts inherit it;
 * elsewhere it is the whole process's, which is left alone. A thread may always become nicer;
 * becoming less nice again takes a privilege, so there is no way back.
 */
final class Niceness {
  /** PRIO_PROCESS of sys/resource.h; with the number 0 it means the calling thread. */
  private static final long PRIO_PROCESS = 0;

  private static final long CALLING_THREAD = 0;

  private Niceness() {}

  /**
   * Gives the calling thread this niceness.
   *
   * @param niceness from 0 to 19
   * @return why it is not to be had; empty when it is
   */
  static Optional<String> take(int niceness) {
    if (!"Linux".equals(System.getProperty("os.name"))) {
      return Optional.of("only threads of Linux have one of their own");
    }
    try {
      int result =
          (int) (long) setpriority().invokeExact(PRIO_PROCESS, CALLING_THREAD, (long) niceness);
      return result == 0 ? Optional.empty() : Optional.of("the system refused");
    } catch (Throwable t) { // a handle may throw anything; without native access it isn't even made
      return Optional.of(t.toString());
    }
  }

  /**
   * Arguments and result travel as {@code long}, of which the lower half counts: that is a shape
   * which the JVM has made already for functions of PCRE2.
   */
  private static MethodHandle setpriority() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("setpriority"),
        FunctionDescriptor.of(
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG));
  }
}
