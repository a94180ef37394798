package dev.banyan.gateway;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Thread-safe: the system's {@code crypt()}, which nginx too asks about passwords that it has no
 * scheme of its own for. Which of them are known is the system's matter.
 */
final class SystemCrypt {
  private static final List<String> NAMES =
      List.of("libcrypt.so.1", "libcrypt.so.2", "libcrypt.so");

  /** What {@code struct crypt_data} takes at most, by any library of these. */
  private static final int WORK_BYTES = 160_000;

  private static final int MAX_RESULT = 1024;

  private final MethodHandle crypt;

  private SystemCrypt(SymbolLookup library) {
    crypt =
        Linker.nativeLinker()
            .downcallHandle(
                library.findOrThrow("crypt_r"),
                FunctionDescriptor.of(
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS));
  }

  /** The library, if this machine has it. */
  static Optional<SystemCrypt> instance() {
    return Holder.INSTANCE;
  }

  /** Whether a password is the one that was stored; slow on purpose, and not for an event loop. */
  boolean matches(String password, String stored) {
    if (password.indexOf('\0') >= 0 || stored.indexOf('\0') >= 0) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment made =
          (MemorySegment)
              crypt.invokeExact(
                  arena.allocateFrom(password, StandardCharsets.ISO_8859_1),
                  arena.allocateFrom(stored, StandardCharsets.ISO_8859_1),
                  arena.allocate(WORK_BYTES, Long.BYTES * 2));
      if (made.equals(MemorySegment.NULL)) {
        return false; // a scheme that the system does not know
      }
      String text = made.reinterpret(MAX_RESULT).getString(0, StandardCharsets.ISO_8859_1);
      return !text.startsWith("*") && BasicAuth.same(text, stored);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of crypt() failed", e);
    }
  }

  private static Optional<SystemCrypt> load() {
    for (String name : NAMES) {
      try {
        return Optional.of(new SystemCrypt(SymbolLookup.libraryLookup(name, Arena.global())));
      } catch (IllegalArgumentException | NoSuchElementException e) {
        // not under this name: the next one may do
      }
    }
    return Optional.empty();
  }

  private static final class Holder {
    static final Optional<SystemCrypt> INSTANCE = load();
  }
}
