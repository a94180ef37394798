package dev.banyan.lua.ngx;

import java.nio.charset.StandardCharsets;

/** Lua code of a directive: inline text with its chunk name, or a file. */
public sealed interface LuaSource {

  /**
   * Code of a {@code *_by_lua_block} or {@code *_by_lua}.
   *
   * @param chunkName as Lua's {@code load} takes it: {@code =content_by_lua(nginx.conf:12)}
   * @param code the octets between the braces
   */
  record Inline(String chunkName, String code) implements LuaSource {
    /** Code given as bytes. */
    public Inline(String chunkName, byte[] code) {
      this(chunkName, new String(code, StandardCharsets.ISO_8859_1));
    }

    byte[] bytes() {
      return code.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The chunk name that lua-nginx-module gives to code of {@code directive}. */
    public static String chunkName(String directive, String confFile, int line) {
      String name =
          directive.endsWith("_block") ? directive.substring(0, directive.length() - 6) : directive;
      return "=" + name + "(" + confFile + ":" + line + ")";
    }
  }

  /** Code of a {@code *_by_lua_file}; the path is absolute. */
  record File(String path) implements LuaSource {}
}
