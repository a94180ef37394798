package dev.banyan.transport;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** For any thread: what the system does with numbers of descriptors and Netty has no name for. */
final class Descriptors {
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int O_NONBLOCK = 0x800;

  private Descriptors() {}

  /** The functions, which nothing but a hand-over needs. */
  private static final class Functions {
    static final MethodHandle DUP2 =
        function("dup2", FunctionDescriptor.of(ValueLayout.JAVA_INT, twice(ValueLayout.JAVA_INT)));

    static final MethodHandle FCNTL =
        function(
            "fcntl",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));

    private static ValueLayout[] twice(ValueLayout one) {
      return new ValueLayout[] {one, one};
    }

    private static MethodHandle function(
        String name, FunctionDescriptor type, Linker.Option... options) {
      Linker linker = Linker.nativeLinker();
      MemorySegment address = linker.defaultLookup().findOrThrow(name);
      return linker.downcallHandle(address, type, options);
    }
  }

  /** Makes {@code to} another number of what {@code from} is; what it was before is closed. */
  static void duplicate(int from, int to) throws IOException {
    try {
      if ((int) Functions.DUP2.invokeExact(from, to) < 0) {
        throw new IOException("descriptor " + from + " can't become " + to);
      }
    } catch (IOException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of dup2() failed", e);
    }
  }

  /** Whether calls on it wait. */
  static boolean isBlocking(int descriptor) throws IOException {
    return (flags(descriptor, F_GETFL, 0) & O_NONBLOCK) == 0;
  }

  /** Has calls on it wait, or not, for all who share what it stands for. */
  static void blocking(int descriptor, boolean waits) throws IOException {
    int flags = flags(descriptor, F_GETFL, 0);
    int wanted = waits ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
    if (wanted != flags) {
      flags(descriptor, F_SETFL, wanted);
    }
  }

  private static int flags(int descriptor, int command, int value) throws IOException {
    try {
      int result = (int) Functions.FCNTL.invokeExact(descriptor, command, value);
      if (result < 0) {
        throw new IOException("descriptor " + descriptor + " has no flags");
      }
      return result;
    } catch (IOException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of fcntl() failed", e);
    }
  }
}
