package dev.banyan.regex;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A pattern that PCRE2 compiled: an address of its code and what is worth knowing about it. */
final class Pcre2Pattern implements CompiledPattern {
  private static final int ERROR_TEXT_LENGTH = 256;
  private static final int INVALID_RANGE = 150;

  private final Pcre2 library;
  private final long code;
  private final int matchOptions;
  private final boolean dfa;
  private final int matchLimit;
  private final int groupCount;
  private final List<GroupName> names;

  private Pcre2Pattern(Pcre2 library, long code, Set<RegexOption> options, int matchLimit) {
    this.library = library;
    this.code = code;
    this.matchOptions = options.contains(RegexOption.NO_UTF_CHECK) ? Pcre2.NO_UTF_CHECK : 0;
    this.dfa = options.contains(RegexOption.DFA);
    this.matchLimit = matchLimit;
    this.groupCount = (int) info(Pcre2.INFO_CAPTURECOUNT);
    this.names = readNames();
  }

  static Pcre2Pattern compile(
      Pcre2 library, String pattern, Set<RegexOption> options, int matchLimit) {
    try (Arena arena = Arena.ofConfined()) {
      byte[] bytes = pattern.getBytes(StandardCharsets.ISO_8859_1);
      MemorySegment text = arena.allocate(bytes.length + 1L);
      MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, 0, bytes.length);
      MemorySegment error = arena.allocate(ValueLayout.JAVA_INT);
      MemorySegment offset = arena.allocate(ValueLayout.JAVA_LONG);
      long code =
          (long)
              library.compile.invokeExact(
                  text.address(),
                  (long) bytes.length,
                  Integer.toUnsignedLong(compileOptions(options)),
                  error.address(),
                  offset.address(),
                  0L);
      if (code == 0) {
        int number = error.get(ValueLayout.JAVA_INT, 0);
        if (number == INVALID_RANGE) {
          String old = LiteralHyphens.escaped(pattern, options.contains(RegexOption.JAVASCRIPT));
          if (!old.equals(pattern)) {
            return compile(library, old, options, matchLimit);
          }
        }
        int at = (int) offset.get(ValueLayout.JAVA_LONG, 0);
        throw Pcre1Text.exception(pattern, number, errorText(library, arena, number), at);
      }
      if (options.contains(RegexOption.JIT) && !options.contains(RegexOption.DFA)) {
        // A pattern that the JIT refuses is interpreted.
        long _ = (long) library.jitCompile.invokeExact(code, (long) Pcre2.JIT_COMPLETE);
      }
      return new Pcre2Pattern(library, code, options, matchLimit);
    } catch (RegexSyntaxException e) {
      throw e;
    } catch (Throwable e) {
      throw Pcre2.unexpected(e);
    }
  }

  private static int compileOptions(Set<RegexOption> options) {
    int bits = 0;
    for (RegexOption option : options) {
      bits |=
          switch (option) {
            case CASELESS -> Pcre2.CASELESS;
            case MULTILINE -> Pcre2.MULTILINE;
            case DOTALL -> Pcre2.DOTALL;
            case EXTENDED -> Pcre2.EXTENDED;
            case UTF -> Pcre2.UTF;
            case ANCHORED -> Pcre2.ANCHORED;
            case DUPLICATE_NAMES -> Pcre2.DUPNAMES;
            case JAVASCRIPT -> Pcre2.ALT_BSUX | Pcre2.ALLOW_EMPTY_CLASS | Pcre2.MATCH_UNSET_BACKREF;
            case NO_UTF_CHECK, DFA, JIT -> 0;
          };
    }
    return bits;
  }

  private static String errorText(Pcre2 library, Arena arena, int number) throws Throwable {
    MemorySegment text = arena.allocate(ERROR_TEXT_LENGTH);
    int length =
        (int)
            (long)
                library.errorMessage.invokeExact(
                    (long) number, text.address(), (long) ERROR_TEXT_LENGTH);
    return length < 0 ? "error " + number : text.getString(0, StandardCharsets.ISO_8859_1);
  }

  @Override
  public int groupCount() {
    return dfa ? 0 : groupCount;
  }

  @Override
  public List<GroupName> names() {
    return names;
  }

  @Override
  public MatchState newState() {
    return new Pcre2State(this, Pcre2Thread.current(library));
  }

  @Override
  public void free() {
    try {
      long _ = (long) library.codeFree.invokeExact(code);
    } catch (Throwable e) {
      throw Pcre2.unexpected(e);
    }
  }

  long code() {
    return code;
  }

  int matchOptions() {
    return matchOptions;
  }

  boolean dfa() {
    return dfa;
  }

  int matchLimit() {
    return matchLimit;
  }

  private long info(int what) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
      long _ = (long) library.patternInfo.invokeExact(code, (long) what, value.address());
      return value.get(ValueLayout.JAVA_LONG, 0);
    } catch (Throwable e) {
      throw Pcre2.unexpected(e);
    }
  }

  private List<GroupName> readNames() {
    int count = (int) info(Pcre2.INFO_NAMECOUNT);
    if (count == 0) {
      return List.of();
    }
    int size = (int) info(Pcre2.INFO_NAMEENTRYSIZE);
    MemorySegment table =
        MemorySegment.ofAddress(info(Pcre2.INFO_NAMETABLE)).reinterpret((long) count * size);
    List<GroupName> result = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      MemorySegment entry = table.asSlice((long) i * size, size);
      int group =
          (entry.get(ValueLayout.JAVA_BYTE, 0) & 0xff) << 8
              | (entry.get(ValueLayout.JAVA_BYTE, 1) & 0xff);
      result.add(new GroupName(entry.getString(2, StandardCharsets.ISO_8859_1), group));
    }
    return List.copyOf(result);
  }
}
