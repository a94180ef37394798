package dev.banyan.lua.differential;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import party.iroiro.luajava.Lua;
import party.iroiro.luajava.luajit.LuaJit;

/** Real LuaJIT, inside this process. */
final class LuaJitProber implements Prober {
  private final Lua lua = new LuaJit();

  LuaJitProber() {
    lua.openLibraries();
    lua.run(buffer("probe = (function(...) " + Prober.text() + "\nend)()"), "=probe");
  }

  @Override
  public String probe(String source) {
    StringBuilder escaped = new StringBuilder("result = probe(\"");
    for (int i = 0; i < source.length(); i++) {
      escaped.append(String.format("\\%03d", (int) source.charAt(i)));
    }
    escaped.append("\", \"=snippet\")");
    lua.run(buffer(escaped.toString()), "=call");
    lua.getGlobal("result");
    String result = String.valueOf(lua.toString(-1));
    lua.pop(1);
    return Prober.mask(result);
  }

  private static ByteBuffer buffer(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  @Override
  public void close() {
    lua.close();
  }
}
