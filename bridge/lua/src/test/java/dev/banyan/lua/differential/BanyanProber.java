package dev.banyan.lua.differential;

import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.lib.StandardLibraries;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaValue;

/** Banyan's machine. */
final class BanyanProber implements Prober {
  private final LuaVm vm = LuaVm.create(StandardLibraries.options().withPrint(line -> {}));
  private final LuaValue probe;

  BanyanProber() {
    byte[] text = Prober.text().getBytes(StandardCharsets.ISO_8859_1);
    probe = vm.call(vm.load(text, "=probe", vm.globals()), LuaValue.NONE).arg1();
  }

  @Override
  public String probe(String source) {
    LuaValue result =
        vm.call(probe, LuaValue.varargsOf(LuaText.of(source), LuaText.of("=snippet"))).arg1();
    return Prober.mask(LuaText.latin1(result));
  }

  @Override
  public void close() {}
}
