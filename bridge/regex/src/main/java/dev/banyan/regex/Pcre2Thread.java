package dev.banyan.regex;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * What one thread matches with: a native copy of the current subject, match data, a match context
 * and a JIT stack, all reused. Owned by that thread; freed after it is gone.
 */
final class Pcre2Thread {
  static final int DFA_WORKSPACE_INTS = 1000;

  /** The step limit PCRE2 is built with. */
  private static final int ENGINE_MATCH_LIMIT = 10_000_000;

  private static final int SMALLEST_SUBJECT = 4096;

  /** Larger subject buffers are given back once a smaller subject follows. */
  private static final int LARGEST_KEPT_SUBJECT = 1 << 20;

  private static final int FEWEST_PAIRS = 32;
  private static final long JIT_STACK_START = 32 * 1024L;
  private static final long JIT_STACK_LIMIT = 4 * 1024 * 1024L;
  private static final Cleaner CLEANER = Cleaner.create();
  private static final ThreadLocal<@Nullable Pcre2Thread> CURRENT = new ThreadLocal<>();

  private final Pcre2 library;
  private final Natives natives;
  private final MemorySegment workspace = Arena.ofAuto().allocate(4L * DFA_WORKSPACE_INTS, 4);
  private MemorySegment buffer = Arena.ofAuto().allocate(SMALLEST_SUBJECT);
  private MemorySegment ovector = MemorySegment.NULL;
  private int pairs;
  private int limit;
  private @Nullable Pcre2State loaded;

  private Pcre2Thread(Pcre2 library) {
    this.library = library;
    this.natives = new Natives(library);
    CLEANER.register(this, natives);
    reserve(FEWEST_PAIRS);
    limit(Regex.DEFAULT_MATCH_LIMIT);
  }

  static Pcre2Thread current(Pcre2 library) {
    Pcre2Thread thread = CURRENT.get();
    if (thread == null) {
      thread = new Pcre2Thread(library);
      CURRENT.set(thread);
    }
    return thread;
  }

  /** Copies the subject unless {@code owner} was the last one to do so. */
  long load(Pcre2State owner, byte[] bytes, int offset, int length) {
    if (loaded != owner) {
      long size = buffer.byteSize();
      if (length > size || (size > LARGEST_KEPT_SUBJECT && length <= LARGEST_KEPT_SUBJECT)) {
        buffer = Arena.ofAuto().allocate(Math.max(SMALLEST_SUBJECT, length + (length >> 1)));
      }
      MemorySegment.copy(bytes, offset, buffer, ValueLayout.JAVA_BYTE, 0, length);
      loaded = owner;
    }
    return buffer.address();
  }

  /** Says that {@code owner}'s copy is no longer what it wants to match. */
  void forget(Pcre2State owner) {
    if (loaded == owner) {
      loaded = null;
    }
  }

  /** Makes room for that many groups, group 0 included. */
  void reserve(int wanted) {
    if (wanted > pairs) {
      pairs = wanted;
      ovector = natives.matchData(wanted);
    }
  }

  void limit(int wanted) {
    int steps = wanted == Regex.DEFAULT_MATCH_LIMIT ? ENGINE_MATCH_LIMIT : wanted;
    if (steps != limit) {
      limit = steps;
      try {
        long _ = (long) library.setMatchLimit.invokeExact(natives.context, (long) steps);
      } catch (Throwable e) {
        throw Pcre2.unexpected(e);
      }
    }
  }

  long matchData() {
    return natives.matchData;
  }

  long context() {
    return natives.context;
  }

  long workspace() {
    return workspace.address();
  }

  int offset(int index) {
    return (int) ovector.getAtIndex(ValueLayout.JAVA_LONG, index);
  }

  /** The part that outlives the thread until the cleaner has freed it. */
  private static final class Natives implements Runnable {
    private final Pcre2 library;
    private final long context;
    private final long jitStack;
    private long matchData;

    Natives(Pcre2 library) {
      this.library = library;
      try {
        context = (long) library.matchContextCreate.invokeExact(0L);
        jitStack = (long) library.jitStackCreate.invokeExact(JIT_STACK_START, JIT_STACK_LIMIT, 0L);
        long _ = (long) library.jitStackAssign.invokeExact(context, 0L, jitStack);
      } catch (Throwable e) {
        throw Pcre2.unexpected(e);
      }
    }

    MemorySegment matchData(int pairs) {
      try {
        long _ = (long) library.matchDataFree.invokeExact(matchData);
        matchData = (long) library.matchDataCreate.invokeExact((long) pairs, 0L);
        long address = (long) library.ovectorPointer.invokeExact(matchData);
        return MemorySegment.ofAddress(address).reinterpret(16L * pairs);
      } catch (Throwable e) {
        throw Pcre2.unexpected(e);
      }
    }

    @Override
    public void run() {
      try {
        long _ = (long) library.matchDataFree.invokeExact(matchData);
        long _ = (long) library.matchContextFree.invokeExact(context);
        long _ = (long) library.jitStackFree.invokeExact(jitStack);
      } catch (Throwable e) {
        throw Pcre2.unexpected(e);
      }
    }
  }
}
