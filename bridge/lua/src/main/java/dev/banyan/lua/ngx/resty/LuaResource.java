package dev.banyan.lua.ngx.resty;

import dev.banyan.lua.Chunk;
import dev.banyan.lua.LuaVm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.luaj.vm2.LuaValue;

/** A module written in Lua that comes with this package; compiled once, run in each machine. */
final class LuaResource {
  private final Chunk chunk;

  LuaResource(String file) {
    try (InputStream in = LuaResource.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks " + file);
      }
      chunk = LuaVm.compile(in.readAllBytes(), "=" + file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the module returns, which finds {@code natives} as its arguments. */
  LuaValue load(LuaVm vm, LuaValue... natives) {
    return chunk.instantiate(vm, vm.globals()).invoke(LuaValue.varargsOf(natives)).arg1();
  }
}
