package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;

/** Tells whether a text is a chunk, without running it. */
public final class LuaSyntax {
  private LuaSyntax() {}

  /**
   * Compiles a chunk and throws it away.
   *
   * @param name the chunk's name as Lua writes it: {@code @} and the file
   * @return LuaJIT's message, or null when it is a chunk
   */
  public static @Nullable String check(byte[] source, String name) {
    try {
      Compiler.compile(source, name);
      return null;
    } catch (LuaError e) {
      return String.valueOf(e.getMessage());
    }
  }
}
