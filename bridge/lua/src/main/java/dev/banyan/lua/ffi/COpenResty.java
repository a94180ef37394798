package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaNumbers;
import java.util.HexFormat;
import java.util.Map;
import org.luaj.vm2.LuaValue;

/** What nginx itself offers to Lua's {@code ffi}, and OpenSSL's random bytes. */
final class COpenResty {
  private static final HexFormat HEX = HexFormat.of();

  private COpenResty() {}

  static Map<String, CFunction> functions() {
    return Map.of(
        "ngx_hex_dump", new CFunction(3, COpenResty::hex),
        "ngx_atoi", new CFunction(2, COpenResty::number),
        "RAND_bytes", new CFunction(2, COpenResty::random),
        "RAND_pseudo_bytes", new CFunction(2, COpenResty::random));
  }

  private static LuaValue hex(CArguments c) {
    byte[] octets = c.counted(2, 3);
    byte[] digits = new byte[octets.length * 2];
    for (int i = 0; i < octets.length; i++) {
      digits[2 * i] = (byte) HEX.toHighHexDigit(octets[i]);
      digits[2 * i + 1] = (byte) HEX.toLowHexDigit(octets[i]);
    }
    c.store(c.pointer(1), digits);
    return c.result(c.pointer(1), digits.length);
  }

  private static LuaValue number(CArguments c) {
    return c.result(LuaNumbers.ofDigits(c.counted(1, 2)));
  }

  private static LuaValue random(CArguments c) {
    long count = c.integer(2);
    if (count < 0) {
      return c.result(0);
    }
    Memory octets = c.allocate(c.count(2));
    c.objects().random.nextBytes(octets.bytes);
    c.store(c.pointer(1), octets.bytes);
    return c.result(1);
  }
}
