package dev.banyan.regex;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The functions of the PCRE2 8-bit library, bound once; a 64-bit platform is required. Pointers
 * travel as {@code long}, so that a call allocates nothing; so do 32-bit arguments and results, of
 * which only the lower half counts: functions with equally many arguments then share what the JVM
 * makes for a shape, which costs more at a start than all that follows.
 */
final class Pcre2 {
  static final int CASELESS = 0x8;
  static final int ALLOW_EMPTY_CLASS = 0x1;
  static final int ALT_BSUX = 0x2;
  static final int DOTALL = 0x20;
  static final int DUPNAMES = 0x40;
  static final int EXTENDED = 0x80;
  static final int MATCH_UNSET_BACKREF = 0x200;
  static final int MULTILINE = 0x400;
  static final int UTF = 0x80000;
  static final int ANCHORED = 0x80000000;
  static final int NO_UTF_CHECK = 0x40000000;
  static final int JIT_COMPLETE = 1;

  static final int INFO_CAPTURECOUNT = 4;
  static final int INFO_NAMECOUNT = 17;
  static final int INFO_NAMEENTRYSIZE = 18;
  static final int INFO_NAMETABLE = 19;

  static final int ERROR_NOMATCH = -1;

  private static final List<String> NAMES =
      List.of(
          "libpcre2-8.so.0",
          "libpcre2-8.so",
          "libpcre2-8.0.dylib",
          "libpcre2-8.dylib",
          "pcre2-8.dll");

  final MethodHandle compile;
  final MethodHandle codeFree;
  final MethodHandle jitCompile;
  final MethodHandle match;
  final MethodHandle matchDataCreate;
  final MethodHandle matchDataFree;
  final MethodHandle ovectorPointer;
  final MethodHandle patternInfo;
  final MethodHandle errorMessage;
  final MethodHandle matchContextCreate;
  final MethodHandle matchContextFree;
  final MethodHandle setMatchLimit;
  final MethodHandle jitStackCreate;
  final MethodHandle jitStackAssign;
  final MethodHandle jitStackFree;

  private final SymbolLookup lookup;

  private Pcre2(SymbolLookup lookup) {
    this.lookup = lookup;
    compile = bind("compile", 6);
    codeFree = bind("code_free", 1);
    jitCompile = bind("jit_compile", 2);
    match = bind("match", 7);
    matchDataCreate = bind("match_data_create", 2);
    matchDataFree = bind("match_data_free", 1);
    ovectorPointer = bind("get_ovector_pointer", 1);
    patternInfo = bind("pattern_info", 3);
    errorMessage = bind("get_error_message", 3);
    matchContextCreate = bind("match_context_create", 1);
    matchContextFree = bind("match_context_free", 1);
    setMatchLimit = bind("set_match_limit", 2);
    jitStackCreate = bind("jit_stack_create", 3);
    jitStackAssign = bind("jit_stack_assign", 3);
    jitStackFree = bind("jit_stack_free", 1);
  }

  /** Bound when first asked for: few patterns need it, and it has a shape of its own. */
  MethodHandle dfaMatch() {
    return bind("dfa_match", 9);
  }

  /** The library, if this machine has it. */
  static Optional<Pcre2> instance() {
    return Holder.INSTANCE;
  }

  private static Optional<Pcre2> load() {
    if (ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
      return Optional.empty();
    }
    for (String name : NAMES) {
      try {
        return Optional.of(new Pcre2(SymbolLookup.libraryLookup(name, Arena.global())));
      } catch (IllegalArgumentException | NoSuchElementException e) {
        // Not under this name, or not this library: the next name may do.
      }
    }
    return Optional.empty();
  }

  /** Java's rule for a handle that cannot throw but must be invoked as if it could. */
  static IllegalStateException unexpected(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a call into PCRE2 failed", cause);
  }

  private MethodHandle bind(String name, int arguments) {
    MemoryLayout[] words = new MemoryLayout[arguments];
    Arrays.fill(words, ValueLayout.JAVA_LONG);
    return Linker.nativeLinker()
        .downcallHandle(
            lookup.findOrThrow("pcre2_" + name + "_8"),
            FunctionDescriptor.of(ValueLayout.JAVA_LONG, words));
  }

  private static final class Holder {
    static final Optional<Pcre2> INSTANCE = load();
  }
}
