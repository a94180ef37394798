package dev.banyan.regex;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Set;

/**
 * A compiled regular expression over octets. Immutable and usable by any thread; matching goes
 * through a {@link Matcher} per thread. What it holds outside of the heap is freed by {@link
 * #close()} or, at the latest, after the last reference to it and its matchers is gone.
 */
public final class Regex implements AutoCloseable {
  /** The engine's own limit of steps. */
  public static final int DEFAULT_MATCH_LIMIT = 0;

  private static final Cleaner CLEANER = Cleaner.create();

  private final String pattern;
  private final CompiledPattern compiled;
  private final Cleaner.Cleanable cleanable;

  private Regex(String pattern, CompiledPattern compiled) {
    this.pattern = pattern;
    this.compiled = compiled;
    this.cleanable = CLEANER.register(this, compiled::free);
  }

  /** The engine of this process: PCRE2 where its library is installed. */
  public static RegexEngine engine() {
    return Pcre2.instance().isPresent() ? RegexEngine.PCRE2 : RegexEngine.JAVA;
  }

  /**
   * Compiles an octet string.
   *
   * @throws RegexSyntaxException when the pattern is wrong, or beyond the engine
   */
  public static Regex compile(String pattern, Set<RegexOption> options) {
    return compile(pattern, options, DEFAULT_MATCH_LIMIT);
  }

  /** As {@link #compile(String, Set)} with a bound on the steps of one match. */
  public static Regex compile(String pattern, Set<RegexOption> options, int matchLimit) {
    return compile(engine(), pattern, options, matchLimit);
  }

  static Regex compile(
      RegexEngine engine, String pattern, Set<RegexOption> options, int matchLimit) {
    return new Regex(
        pattern,
        switch (engine) {
          case PCRE2 ->
              Pcre2Pattern.compile(Pcre2.instance().orElseThrow(), pattern, options, matchLimit);
          case JAVA -> JavaPattern.compile(pattern, options, matchLimit);
        });
  }

  /** The pattern's text. */
  public String pattern() {
    return pattern;
  }

  /** How many capturing groups there are; group 0 is not counted. */
  public int groupCount() {
    return compiled.groupCount();
  }

  /** The named groups, sorted by name as PCRE lists them. */
  public List<GroupName> names() {
    return compiled.names();
  }

  /** A new matcher for the calling thread. */
  public Matcher matcher() {
    return new Matcher(this, compiled);
  }

  /** Whether the pattern is found in an octet string. */
  public boolean matches(String octets) {
    return matcher().reset(octets).find(0);
  }

  int run(CompiledPattern.MatchState state, int from, int[] offsets) {
    try {
      return state.match(from, offsets);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Frees the compiled code now; no matcher may be used afterwards. */
  @Override
  public void close() {
    cleanable.clean();
  }

  @Override
  public String toString() {
    return pattern;
  }
}
