package dev.banyan.lua;

import java.util.Arrays;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * For any thread: one object for equal names, so that looking a field up compares references.
 *
 * <p>Constants of source text and the names that Java gives to fields come through here. It is a
 * cache and no promise: of two names with one place the later stays, and equality of bytes is asked
 * wherever references differ.
 */
@SuppressWarnings("ReferenceEquality")
final class InternedStrings {
  private static final int PLACES = 1 << 13;
  private static final int LONGEST = 64;
  // a LuaString's fields are final: a race costs a duplicate and nothing else
  private static final LuaString[] KNOWN = new LuaString[PLACES];

  private InternedStrings() {}

  /** The known string of an octet string's bytes. */
  static LuaString of(String octets) {
    return of(LuaText.of(octets));
  }

  /** The known equal of a string; any other value as it is. */
  static LuaValue of(LuaValue value) {
    return value instanceof LuaString s ? of(s) : value;
  }

  private static LuaString of(LuaString s) {
    if (s.m_length > LONGEST) {
      return s;
    }
    int place = place(s.hashCode());
    LuaString known = KNOWN[place];
    if (known != null && equal(known, s)) {
      return known;
    }
    KNOWN[place] = s;
    return s;
  }

  /** Whether this very object is the one for its name. */
  static boolean isKnown(LuaString s) {
    return s.m_length <= LONGEST && KNOWN[place(s.hashCode())] == s;
  }

  private static int place(int hash) {
    return (hash ^ (hash >>> 13)) & (PLACES - 1);
  }

  /** Whether two strings have the same bytes. */
  static boolean equal(LuaString a, LuaString b) {
    int length = a.m_length;
    return length == b.m_length
        && Arrays.equals(
            a.m_bytes, a.m_offset, a.m_offset + length, b.m_bytes, b.m_offset, b.m_offset + length);
  }
}
