package dev.banyan.transport;

import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * What the system has of a connection before anybody reads it: asked at once, by {@code poll()}
 * that doesn't wait, since an event of it comes a turn of the loop too late for who wants to know
 * now.
 */
enum PendingInput {
  /** Nothing: the other side is silent. */
  NONE,
  /** Octets. */
  OCTETS,
  /** The end, behind octets or not. */
  END;

  private static final int POLLIN = 0x0001;
  private static final int POLLERR = 0x0008;
  private static final int POLLHUP = 0x0010;
  private static final int POLLRDHUP = 0x2000;
  private static final int ENDED = POLLERR | POLLHUP | POLLRDHUP;

  /** The function, which nothing but a pool needs. */
  private static final class Poll {
    static final MethodHandle FUNCTION =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("poll"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT),
                Linker.Option.critical(true));
  }

  /** What is there; a channel that isn't the system's own has nothing. */
  static PendingInput of(Channel channel) {
    if (!(channel instanceof UnixChannel system)) {
      return NONE;
    }
    int found = poll(system.fd().intValue());
    if ((found & ENDED) != 0) {
      return END;
    }
    return (found & POLLIN) != 0 ? OCTETS : NONE;
  }

  /** Asks by a {@code struct pollfd}: a descriptor, what is asked for, what was found. */
  private static int poll(int descriptor) {
    short[] asked = {
      (short) descriptor, (short) (descriptor >> Short.SIZE), (short) (POLLIN | POLLRDHUP), 0
    };
    try {
      int ready = (int) Poll.FUNCTION.invokeExact(MemorySegment.ofArray(asked), 1L, 0);
      return ready > 0 ? asked[3] : 0;
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of poll() failed", e);
    }
  }
}
