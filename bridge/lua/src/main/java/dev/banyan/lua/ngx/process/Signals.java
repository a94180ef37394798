package dev.banyan.lua.ngx.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The system's {@code kill()}: the JDK knows two signals only. */
final class Signals {
  private Signals() {}

  /** Sends a signal; false when the system refuses. */
  static boolean send(long pid, int signal) {
    try {
      return (int) Holder.KILL.invokeExact((int) pid, signal) == 0;
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of kill() failed", e);
    }
  }

  /** Made when the first signal is sent. */
  private static final class Holder {
    static final MethodHandle KILL =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }
}
