package dev.banyan.lua.ngx.json;

/** Owned by one worker: the settings of one {@code cjson} instance, as Lua code may change them. */
final class JsonConfig {
  /** What becomes of numbers that JSON has no text for. */
  enum InvalidNumbers {
    /** An error. */
    REFUSE,
    /** Written as C writes them. */
    WRITE,
    /** Written as null. */
    NULL
  }

  boolean sparseConvert;
  int sparseRatio = 2;
  int sparseSafe = 10;
  int encodeDepth = 1000;
  int decodeDepth = 1000;
  int precision = 14;
  boolean keepBuffer = true;
  InvalidNumbers encodeInvalid = InvalidNumbers.REFUSE;
  boolean decodeInvalid = true;
  boolean emptyTableAsObject = true;
  boolean decodeArrayMetatable;
  boolean escapeSlash = true;
}
