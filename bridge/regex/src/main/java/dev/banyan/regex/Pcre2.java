package dev.banyan.regex;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The functions of the PCRE2 8-bit library, bound once. Pointers travel as {@code long}, so that a
 * call allocates nothing; a 64-bit platform is required.
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

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  final MethodHandle compile;
  final MethodHandle codeFree;
  final MethodHandle jitCompile;
  final MethodHandle match;
  final MethodHandle dfaMatch;
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

  private Pcre2(SymbolLookup lookup) {
    Binder binder = new Binder(lookup);
    compile = binder.bind("compile", LONG, LONG, LONG, INT, LONG, LONG, LONG);
    codeFree = binder.bindVoid("code_free", LONG);
    jitCompile = binder.bind("jit_compile", INT, LONG, INT);
    match = binder.bind("match", INT, LONG, LONG, LONG, LONG, INT, LONG, LONG);
    dfaMatch = binder.bind("dfa_match", INT, LONG, LONG, LONG, LONG, INT, LONG, LONG, LONG, LONG);
    matchDataCreate = binder.bind("match_data_create", LONG, INT, LONG);
    matchDataFree = binder.bindVoid("match_data_free", LONG);
    ovectorPointer = binder.bind("get_ovector_pointer", LONG, LONG);
    patternInfo = binder.bind("pattern_info", INT, LONG, INT, LONG);
    errorMessage = binder.bind("get_error_message", INT, INT, LONG, LONG);
    matchContextCreate = binder.bind("match_context_create", LONG, LONG);
    matchContextFree = binder.bindVoid("match_context_free", LONG);
    setMatchLimit = binder.bind("set_match_limit", INT, LONG, INT);
    jitStackCreate = binder.bind("jit_stack_create", LONG, LONG, LONG, LONG);
    jitStackAssign = binder.bindVoid("jit_stack_assign", LONG, LONG, LONG);
    jitStackFree = binder.bindVoid("jit_stack_free", LONG);
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

  private static final class Holder {
    static final Optional<Pcre2> INSTANCE = load();
  }

  private record Binder(SymbolLookup lookup) {
    MethodHandle bind(String name, ValueLayout result, MemoryLayout... arguments) {
      return handle(name, FunctionDescriptor.of(result, arguments));
    }

    MethodHandle bindVoid(String name, MemoryLayout... arguments) {
      return handle(name, FunctionDescriptor.ofVoid(arguments));
    }

    private MethodHandle handle(String name, FunctionDescriptor descriptor) {
      return Linker.nativeLinker()
          .downcallHandle(lookup.findOrThrow("pcre2_" + name + "_8"), descriptor);
    }
  }
}
