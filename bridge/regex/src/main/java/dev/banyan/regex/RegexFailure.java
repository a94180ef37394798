package dev.banyan.regex;

/**
 * A match that ended neither with yes nor with no: a limit was met or the subject is malformed. It
 * has no stack trace: hostile subjects must not make failing expensive.
 */
public final class RegexFailure extends RuntimeException {
  /** Steps ran out ({@code PCRE_ERROR_MATCHLIMIT}). */
  public static final int MATCH_LIMIT = -8;

  /** The subject is not UTF-8 ({@code PCRE_ERROR_BADUTF8}). */
  public static final int BAD_UTF8 = -10;

  /** The offset is inside a UTF-8 sequence ({@code PCRE_ERROR_BADUTF8_OFFSET}). */
  public static final int BAD_UTF8_OFFSET = -11;

  /** Recursion went too deep ({@code PCRE_ERROR_RECURSIONLIMIT}). */
  public static final int RECURSION_LIMIT = -21;

  /** The offset lies outside of the subject ({@code PCRE_ERROR_BADOFFSET}). */
  public static final int BAD_OFFSET = -24;

  private final int code;

  RegexFailure(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** The code as PCRE 8 numbers it; ngx_lua prints {@code pcre_exec() failed: CODE}. */
  public int code() {
    return code;
  }
}
