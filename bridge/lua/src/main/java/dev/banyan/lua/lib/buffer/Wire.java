package dev.banyan.lua.lib.buffer;

/** The tags and lengths of LuaJIT's serialization format. */
final class Wire {
  static final int NIL = 0x00;
  static final int FALSE = 0x01;
  static final int TRUE = 0x02;
  static final int NULL = 0x03;
  static final int INTEGER = 0x06;
  static final int NUMBER = 0x07;
  static final int EMPTY = 0x08;
  static final int FIELDS = 0x09;

  /** The next tag is a list with fields. */
  static final int LIST_FROM_ZERO = 0x0a;

  /** The next tag is a list with fields. */
  static final int LIST_FROM_ONE = 0x0c;

  static final int KNOWN_METATABLE = 0x0e;
  static final int KNOWN_STRING = 0x0f;

  static final int SIGNED = 0x10;
  static final int UNSIGNED = 0x11;

  /** A string's length is added to this. */
  static final int STRING = 0x20;

  /** Smaller numbers take one byte. */
  static final int TWO_BYTES = 0xe0;

  /** Smaller numbers take two bytes. */
  static final int FIVE_BYTES = 0x1fe0;

  /** Four bytes of length follow. */
  static final int LONG_LENGTH = 0xff;

  private Wire() {}
}
