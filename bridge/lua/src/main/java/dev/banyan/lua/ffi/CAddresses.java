package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaText;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaValue;

/** What C's functions on network addresses compute. */
final class CAddresses {
  private static final long FAMILY_4 = 2;
  private static final long FAMILY_6 = 10;
  private static final byte[] NONE = {};

  /** Four numbers without zeros before them. */
  private static final Pattern FOUR = Pattern.compile("(?:(?:0|[1-9]\\d{0,2})(?:\\.(?!$)|$)){4}");

  private CAddresses() {}

  /** {@code inet_pton}: 1 when the text is an address of the family, 0 when not, else -1. */
  static LuaValue parse(CArguments c) {
    long family = c.integer(1);
    if (family != FAMILY_4 && family != FAMILY_6) {
      return c.result(-1);
    }
    PointerData source = c.pointer(2);
    String text = LuaText.latin1(source.memory.string(source.offset, CStrings.length(source)));
    byte[] bytes = family == FAMILY_4 ? four(text) : six(text);
    if (bytes.length == 0) {
      return c.result(0);
    }
    PointerData to = c.pointer(3);
    for (int i = 0; i < bytes.length; i++) {
      to.memory.write(to.offset + i, 1, bytes[i]);
    }
    return c.result(1);
  }

  private static byte[] four(String text) {
    return FOUR.matcher(text).matches() ? literal(text) : NONE;
  }

  private static byte[] six(String text) {
    if (text.indexOf(':') < 0 || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
      return NONE;
    }
    byte[] bytes = literal(text);
    if (bytes.length != 4) {
      return bytes;
    }
    byte[] mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    System.arraycopy(bytes, 0, mapped, 12, 4);
    return mapped;
  }

  private static byte[] literal(String text) {
    try {
      return InetAddress.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException e) {
      return NONE;
    }
  }
}
