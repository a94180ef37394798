package dev.banyan.regex;

/**
 * A pattern that does not compile. The {@linkplain #reason() reason} is worded as PCRE words it,
 * because logs and Lua programs quote it.
 */
public final class RegexSyntaxException extends RuntimeException {
  private final String pattern;
  private final String reason;
  private final int offset;

  RegexSyntaxException(String pattern, String reason, int offset) {
    super(reason + " in \"" + pattern + "\" at offset " + offset);
    this.pattern = pattern;
    this.reason = reason;
    this.offset = offset;
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
   * The whole sentence nginx and ngx_lua build: {@code missing ) in "(abc"}, with {@code at "REST"}
   * when the pattern goes on after the error.
   */
  public String sentence() {
    String head = reason + " in \"" + pattern + "\"";
    return offset >= pattern.length() ? head : head + " at \"" + pattern.substring(offset) + "\"";
  }
}
