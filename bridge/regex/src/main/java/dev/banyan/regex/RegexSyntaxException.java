package dev.banyan.regex;

/**
 * A pattern that does not compile. The {@linkplain #reason() reason} is worded as PCRE words it,
 * because logs and Lua programs quote it.
 */
public final class RegexSyntaxException extends RuntimeException {
  private final String pattern;
  private final String reason;
  private final int offset;
  private final String nativeSentence;

  RegexSyntaxException(String pattern, String reason, int offset) {
    this(pattern, reason, offset, sentence(pattern, reason, offset));
  }

  private RegexSyntaxException(String pattern, String reason, int offset, String nativeSentence) {
    super(reason + " in \"" + pattern + "\" at offset " + offset);
    this.pattern = pattern;
    this.reason = reason;
    this.offset = offset;
    this.nativeSentence = nativeSentence;
  }

  /** The same error, with what PCRE2 itself says of it. */
  RegexSyntaxException withNative(String text, int nativeOffset) {
    return new RegexSyntaxException(pattern, reason, offset, sentence(pattern, text, nativeOffset));
  }

  /** What is wrong, such as {@code missing )}. */
  public String reason() {
    return reason;
  }

  /** Where the compiler stopped, from 0 to the pattern's length. */
  public int offset() {
    return offset;
  }

  /**
   * The whole sentence ngx_lua builds: {@code missing ) in "(abc"}, with {@code at "REST"} when the
   * pattern goes on after the error.
   */
  public String sentence() {
    return sentence(pattern, reason, offset);
  }

  /** The sentence that nginx, which is linked against PCRE2, builds of PCRE2's own words. */
  public String nativeSentence() {
    return nativeSentence;
  }

  private static String sentence(String pattern, String reason, int offset) {
    String head = reason + " in \"" + pattern + "\"";
    return offset >= pattern.length() ? head : head + " at \"" + pattern.substring(offset) + "\"";
  }
}
