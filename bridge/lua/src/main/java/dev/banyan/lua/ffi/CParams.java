package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.luaj.vm2.LuaValue;

/** OpenSSL's {@code OSSL_PARAM}: a struct of a name, a kind, a place and two sizes. */
final class CParams {
  private static final int SIZE = 40;
  private static final int KIND = 8;
  private static final int DATA = 16;
  private static final int LENGTH = 24;
  private static final int RETURNED = 32;
  private static final int MOST = 64;

  private static final int INTEGER = 1;
  private static final int UNSIGNED = 2;
  private static final int TEXT = 4;
  private static final int OCTETS = 5;
  private static final int TEXT_POINTER = 6;
  private static final int OCTETS_POINTER = 7;

  private CParams() {}

  static Map<String, CFunction> functions() {
    String begin = "OSSL_PARAM_construct_";
    Map<String, CFunction> all = new HashMap<>();
    all.put(begin + "int", new CFunction(2, c -> of(c, INTEGER, Integer.BYTES)));
    all.put(begin + "uint", new CFunction(2, c -> of(c, UNSIGNED, Integer.BYTES)));
    all.put(begin + "size_t", new CFunction(2, c -> of(c, UNSIGNED, Long.BYTES)));
    all.put(begin + "BN", new CFunction(3, c -> of(c, UNSIGNED, c.integer(3))));
    all.put(begin + "utf8_string", new CFunction(3, c -> of(c, TEXT, textLength(c))));
    all.put(begin + "octet_string", new CFunction(3, c -> of(c, OCTETS, c.integer(3))));
    all.put(begin + "utf8_ptr", new CFunction(3, c -> of(c, TEXT_POINTER, c.integer(3))));
    all.put(begin + "octet_ptr", new CFunction(3, c -> of(c, OCTETS_POINTER, c.integer(3))));
    all.put(begin + "end", new CFunction(0, c -> c.result(struct(c))));
    return all;
  }

  /** Of a length of zero, as long as it is. */
  private static long textLength(CArguments c) {
    long length = c.integer(3);
    return length == 0 && !c.pointer(2).isNull() ? c.cString(2).length : length;
  }

  private static ValueData struct(CArguments c) {
    CType type = c.resultType();
    if (!type.is(CType.Kind.STRUCT) || type.size() != SIZE) {
      throw LuaErrors.raise("declared with another result than the function has");
    }
    return ValueData.owning(type, SIZE);
  }

  private static LuaValue of(CArguments c, int kind, long length) {
    ValueData made = struct(c);
    c.storePointerAt(c.pointer(1), made.memory, 0);
    made.memory.write(KIND, Integer.BYTES, kind);
    c.storePointerAt(c.pointer(2), made.memory, DATA);
    made.memory.write(LENGTH, Long.BYTES, length);
    made.memory.write(RETURNED, Long.BYTES, -1); // nothing has been returned
    return c.result(made);
  }

  /** The texts and octets that an argument points to, by their names. */
  static Map<String, byte[]> read(CArguments c, int index) {
    Map<String, byte[]> read = new LinkedHashMap<>();
    PointerData at = c.pointer(index);
    if (at.isNull()) {
      return read;
    }
    for (int i = 0; i < MOST; i++) {
      long offset = at.offset + (long) i * SIZE;
      PointerData name = c.pointerAt(at.memory, offset);
      if (name.isNull()) {
        break;
      }
      PointerData data = c.pointerAt(at.memory, offset + DATA);
      long length = at.memory.read(offset + LENGTH, Long.BYTES);
      if (!data.isNull()) {
        read.put(c.textAt(name), c.octets(data, length));
      }
    }
    return read;
  }
}
