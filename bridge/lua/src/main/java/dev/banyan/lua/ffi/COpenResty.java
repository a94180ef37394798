package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaNumbers;
import java.util.HexFormat;
import java.util.Map;
import org.luaj.vm2.LuaValue;

/** What nginx itself offers to Lua's {@code ffi}, and OpenSSL's random bytes. */
final class COpenResty {
  private static final HexFormat HEX = HexFormat.of();

  /** In bits, of OpenSSL's random bytes. */
  private static final int MOST_STRENGTH = 256;

  private COpenResty() {}

  static Map<String, CFunction> functions() {
    return Map.of(
        "ngx_hex_dump", new CFunction(3, COpenResty::hex),
        "ngx_atoi", new CFunction(2, COpenResty::number),
        "RAND_bytes", new CFunction(2, c -> random(c, 1)),
        "RAND_priv_bytes", new CFunction(2, c -> random(c, 1)),
        "RAND_bytes_ex", new CFunction(4, COpenResty::strong),
        "RAND_priv_bytes_ex", new CFunction(4, COpenResty::strong),
        "RAND_pseudo_bytes", new CFunction(2, c -> random(c, 1)));
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

  /** Random bytes where an argument points to, as many as the next one says. */
  private static LuaValue random(CArguments c, int index) {
    long count = c.integer(index + 1);
    if (count < 0) {
      return c.result(0);
    }
    Memory octets = c.allocate(c.count(index + 1));
    c.objects().random.nextBytes(octets.bytes);
    c.store(c.pointer(index), octets.bytes);
    return c.result(1);
  }

  private static LuaValue strong(CArguments c) {
    if (c.integer(4) > MOST_STRENGTH) {
      c.objects().fail(CFault.STRENGTH);
      return c.result(0);
    }
    return random(c, 2);
  }
}
