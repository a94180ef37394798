package dev.banyan.regex;

import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;

/** The subject of one matcher on PCRE2. Owned by the thread that made it. */
final class Pcre2State implements CompiledPattern.MatchState {
  /** A constant, so that the JIT compiles the calls into the callers. */
  private static final MethodHandle MATCH = Pcre2.instance().orElseThrow().match;

  private final Pcre2Pattern pattern;
  private final Pcre2Thread thread;
  private byte[] bytes = new byte[0];
  private int offset;
  private int length;

  Pcre2State(Pcre2Pattern pattern, Pcre2Thread thread) {
    this.pattern = pattern;
    this.thread = thread;
  }

  @Override
  public void subject(byte[] newBytes, int newOffset, int newLength) {
    thread.forget(this);
    bytes = newBytes;
    offset = newOffset;
    length = newLength;
  }

  @Override
  public int match(int from, int[] offsets) {
    thread.reserve(offsets.length / 2);
    long subject = thread.load(this, bytes, offset, length);
    int result;
    try {
      result = pattern.dfa() ? dfa(subject, from) : search(subject, from);
    } catch (Throwable e) {
      throw Pcre2.unexpected(e);
    } finally {
      Reference.reachabilityFence(thread);
    }
    if (result < 0) {
      if (result == Pcre2.ERROR_NOMATCH) {
        return 0;
      }
      throw failure(result);
    }
    int set = pattern.dfa() ? 1 : result;
    for (int i = 0; i < 2 * set; i++) {
      offsets[i] = thread.offset(i);
    }
    return set;
  }

  private int search(long subject, int from) throws Throwable {
    thread.limit(pattern.matchLimit());
    return (int)
        (long)
            MATCH.invokeExact(
                pattern.code(),
                subject,
                (long) length,
                (long) from,
                (long) pattern.matchOptions(),
                thread.matchData(),
                thread.context());
  }

  private int dfa(long subject, int from) throws Throwable {
    return (int)
        (long)
            Dfa.MATCH.invokeExact(
                pattern.code(),
                subject,
                (long) length,
                (long) from,
                (long) pattern.matchOptions(),
                thread.matchData(),
                thread.context(),
                thread.workspace(),
                (long) Pcre2Thread.DFA_WORKSPACE_INTS);
  }

  /** PCRE2's code in the numbering of PCRE 8, which is the one that logs and programs know. */
  private static RegexFailure failure(int code) {
    int old =
        switch (code) {
          case -33 -> RegexFailure.BAD_OFFSET;
          case -36 -> RegexFailure.BAD_UTF8_OFFSET;
          case -39 -> -20;
          case -41 -> -17;
          case -42 -> -16;
          case -43 -> -19;
          case -44 -> -14;
          case -46 -> -27;
          case -47, -63 -> RegexFailure.MATCH_LIMIT;
          case -48 -> -6;
          case -52 -> -26;
          case -53 -> RegexFailure.RECURSION_LIMIT;
          default -> code <= -3 && code >= -23 ? RegexFailure.BAD_UTF8 : code;
        };
    return new RegexFailure(old, "PCRE2 error " + code);
  }

  /** Made when the first pattern wants it. */
  private static final class Dfa {
    static final MethodHandle MATCH = Pcre2.instance().orElseThrow().dfaMatch();
  }
}
