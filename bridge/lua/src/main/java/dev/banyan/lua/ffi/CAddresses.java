package dev.banyan.lua.ffi;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.luaj.vm2.LuaValue;

/** What C's functions on network addresses compute. */
final class CAddresses {
  private static final long FAMILY_4 = 2;
  private static final long FAMILY_6 = 10;

  private CAddresses() {}

  /** {@code inet_pton}: 1 when the text is an address of the family, 0 when not, else -1. */
  static LuaValue parse(CArguments c) {
    long family = c.integer(1);
    if (family != FAMILY_4 && family != FAMILY_6) {
      return c.result(-1);
    }
    PointerData source = c.pointer(2);
    String text =
        dev.banyan.lua.LuaText.latin1(source.memory.string(source.offset, CStrings.length(source)));
    try {
      InetAddress address =
          family == FAMILY_4 ? Inet4Address.ofLiteral(text) : Inet6Address.ofLiteral(text);
      boolean strict =
          family == FAMILY_6 ? text.indexOf('%') < 0 : text.split("\\.", -1).length == 4;
      byte[] bytes = address.getAddress();
      if (!strict || bytes.length != (family == FAMILY_4 ? 4 : 16)) {
        return c.result(0);
      }
      PointerData to = c.pointer(3);
      for (int i = 0; i < bytes.length; i++) {
        to.memory.write(to.offset + i, 1, bytes[i]);
      }
      return c.result(1);
    } catch (IllegalArgumentException e) {
      return c.result(0);
    }
  }
}
