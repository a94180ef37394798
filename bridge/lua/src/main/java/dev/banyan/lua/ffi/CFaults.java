package dev.banyan.lua.ffi;

import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** OpenSSL's queue of errors. */
final class CFaults {
  private CFaults() {}

  static Map<String, CFunction> functions() {
    return Map.of(
        "ERR_get_error_line", new CFunction(2, CFaults::placed),
        "ERR_get_error", new CFunction(0, c -> code(c, c.objects().faults.poll())),
        "ERR_peek_error", new CFunction(0, c -> code(c, c.objects().faults.peek())),
        "ERR_clear_error", new CFunction(0, c -> clear(c.objects().faults)),
        "ERR_reason_error_string", new CFunction(1, CFaults::reason),
        "ERR_error_string_n", new CFunction(3, CFaults::text));
  }

  private static LuaValue code(CArguments c, @Nullable CFault fault) {
    return c.result(fault == null ? 0 : fault.code);
  }

  /** The next fault, and where it was found. */
  private static LuaValue placed(CArguments c) {
    CFault fault = c.objects().faults.poll();
    if (fault != null) {
      PointerData file = c.pointer(1);
      c.storePointerAt(c.literal("../" + fault.file), file.memory, file.offset);
      c.storeLength(2, fault.line);
    }
    return code(c, fault);
  }

  private static LuaValue clear(Deque<CFault> faults) {
    faults.clear();
    return LuaValue.NONE;
  }

  private static LuaValue reason(CArguments c) {
    Optional<CFault> fault = CFault.of(c.integer(1));
    return fault.isEmpty() ? c.nullResult() : c.result(c.literal(fault.get().reason));
  }

  private static LuaValue text(CArguments c) {
    String text = CFault.of(c.integer(1)).map(CFault::text).orElse("error:00000000:lib(0)::");
    byte[] octets = (text + '\0').getBytes(StandardCharsets.ISO_8859_1);
    long room = c.count(3);
    if (octets.length <= room) {
      c.store(c.pointer(2), octets);
    }
    return LuaValue.NONE;
  }
}
