package dev.banyan.lua.ffi;

import java.util.HashMap;
import java.util.Map;
import org.luaj.vm2.LuaValue;

/** OpenSSL's {@code BIO} in memory. */
final class CBios {
  /** What {@code BIO_s_mem} stands for. */
  private static final String IN_MEMORY = "memory";

  private static final int RESET = 1;
  private static final int INFO = 3;
  private static final int PENDING = 10;
  private static final int FAILED = -1;

  private CBios() {}

  static Map<String, CFunction> functions() {
    Map<String, CFunction> all = new HashMap<>();
    CFunction.put(all, "BIO_s_mem", 0, c -> c.result(c.objects().constant(IN_MEMORY)));
    CFunction.put(all, "BIO_new", 1, c -> c.made(CBio.empty()));
    CFunction.put(all, "BIO_new_mem_buf", 2, c -> c.made(CBio.of(given(c))));
    CFunction.put(all, "BIO_puts", 2, c -> written(c, c.cString(2)));
    CFunction.put(all, "BIO_write", 3, c -> written(c, c.counted(2, 3)));
    CFunction.put(all, "BIO_read", 3, CBios::read);
    CFunction.put(all, "BIO_ctrl", 4, CBios::control);
    CFunction.put(all, "BIO_free", 1, c -> c.result(1));
    CFunction.put(all, "BIO_vfree", 1, c -> c.result(1));
    return all;
  }

  private static CBio bio(CArguments c) {
    return c.object(1, CBio.class);
  }

  /** A negative length is that of a text that ends with a zero. */
  private static byte[] given(CArguments c) {
    return c.integer(2) < 0 ? c.cString(1) : c.counted(1, 2);
  }

  private static LuaValue written(CArguments c, byte[] octets) {
    return c.result(bio(c).write(octets) ? octets.length : FAILED);
  }

  private static LuaValue read(CArguments c) {
    byte[] octets = bio(c).take((int) c.count(3));
    c.store(c.pointer(2), octets);
    return c.result(octets.length == 0 ? FAILED : octets.length);
  }

  private static LuaValue control(CArguments c) {
    CBio bio = bio(c);
    return switch ((int) c.integer(2)) {
      case RESET -> {
        bio.reset();
        yield c.result(1);
      }
      case INFO -> {
        byte[] octets = bio.left();
        PointerData place = c.pointer(4);
        if (!place.isNull()) {
          Memory memory = Memory.of(octets, 0, octets.length);
          PointerData to = new PointerData(CType.VOID_POINTER, memory, 0);
          c.storePointerAt(to, place.memory, place.offset);
        }
        yield c.result(octets.length);
      }
      case PENDING -> c.result(bio.left().length);
      default -> c.result(0);
    };
  }
}
