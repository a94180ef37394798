package dev.banyan.lua;

import dev.banyan.lua.lib.StandardLibraries;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A machine and the shortest way to run a chunk in it. */
final class LuaRig {
  final LuaVm vm;

  LuaRig() {
    this(StandardLibraries.options());
  }

  LuaRig(LuaVmOptions options) {
    vm = LuaVm.create(options.withPrint(line -> {}));
  }

  LuaValue load(String source) {
    return vm.load(source.getBytes(StandardCharsets.ISO_8859_1), "=test", vm.globals());
  }

  Varargs run(String source) {
    return vm.call(load(source), LuaValue.NONE);
  }

  /** The first result, or the error, as text. */
  String text(String source) {
    try {
      return LuaText.latin1(run(source).arg1());
    } catch (LuaRuntimeError e) {
      return "error: " + LuaText.latin1(e.value());
    }
  }
}
