package dev.banyan.lua;

import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * The border between Lua's byte strings and Java's: an octet string (chars 0 to 255) holds the
 * bytes one to one, UTF-8 is never assumed.
 *
 * <p>Natives use these instead of LuaJ's {@code valueOf(String)} and {@code tojstring()}, which
 * transcode bytes and print numbers through {@code float}.
 */
public final class LuaText {
  /**
   * LuaJ looks bytes in less room up among 128 recent strings, hashing them twice and writing to a
   * cache line that all threads share.
   */
  private static final int LEAST_ROOM = 33;

  private LuaText() {}

  /** The Lua string of an octet string's bytes. */
  public static LuaString of(String octets) {
    return LuaString.valueUsing(octets.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The Lua string of {@code text} encoded as UTF-8, for messages that may hold any character. */
  public static LuaString utf8(String text) {
    return LuaString.valueUsing(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Room for at least {@code length} bytes, to be filled and given to {@link #using}. */
  public static byte[] room(int length) {
    return new byte[Math.max(length, LEAST_ROOM)];
  }

  /** The Lua string of the first bytes of what {@link #room} gave, which is its own from now on. */
  public static LuaString using(byte[] room, int length) {
    return LuaString.valueUsing(room, 0, length);
  }

  /** The octet string of a Lua string's bytes, or of a number as {@code tostring} prints it. */
  public static String latin1(LuaValue value) {
    if (value instanceof LuaString s) {
      return new String(s.m_bytes, s.m_offset, s.m_length, StandardCharsets.ISO_8859_1);
    }
    if (value instanceof LuaNumber) {
      return LuaNumbers.format(value.todouble());
    }
    return display(value);
  }

  /** A string value as it is, a number as {@code tostring} prints it. */
  public static LuaString string(LuaValue value) {
    if (value instanceof LuaString s) {
      return s;
    }
    return of(value instanceof LuaInteger i ? Integer.toString(i.v) : latin1(value));
  }

  /** A copy of the bytes of a Lua string (or of a number's text). */
  public static byte[] bytes(LuaValue value) {
    LuaString s = string(value);
    byte[] copy = new byte[s.m_length];
    System.arraycopy(s.m_bytes, s.m_offset, copy, 0, s.m_length);
    return copy;
  }

  /** What {@code tostring} answers, metamethods aside. */
  public static String display(LuaValue value) {
    return switch (value.type()) {
      case LuaValue.TNIL, LuaValue.TNONE -> "nil";
      case LuaValue.TBOOLEAN -> value.toboolean() ? "true" : "false";
      case LuaValue.TNUMBER -> LuaNumbers.format(value.todouble());
      case LuaValue.TSTRING -> latin1(value);
      case LuaValue.TFUNCTION ->
          value instanceof NativeFunction f && f.builtinNumber() > 0
              ? "function: builtin#" + f.builtinNumber()
              : "function: " + address(value);
      case LuaValue.TLIGHTUSERDATA -> "userdata: " + address(value);
      default -> value.typename() + ": " + address(value);
    };
  }

  private static String address(LuaValue value) {
    if (value instanceof NullPointer) {
      return "NULL";
    }
    Object identity = value.isuserdata() ? value.touserdata() : value;
    return String.format("0x%08x", System.identityHashCode(identity));
  }
}
