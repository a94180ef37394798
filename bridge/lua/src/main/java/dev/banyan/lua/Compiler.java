package dev.banyan.lua;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.compiler.LuaC;

/** LuaJ's parser and compiler, made to accept and to complain as LuaJIT does. */
final class Compiler {
  private Compiler() {}

  /**
   * Compiles a chunk of source text.
   *
   * @throws LuaError with LuaJIT's message when it is not a chunk
   */
  static Chunk compile(byte[] source, String name) {
    if (source.length > 0 && source[0] == 27) {
      throw LuaErrors.bare(ChunkNames.display(name) + ": attempt to load a binary chunk");
    }
    try {
      Prototype prototype = LuaC.instance.compile(new ByteArrayInputStream(source), "=chunk");
      return new Chunk(new Code(prototype, name));
    } catch (LuaError e) {
      throw LuaErrors.bare(
          String.valueOf(e.getMessage()).replaceFirst("^chunk", ChunkNames.display(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
