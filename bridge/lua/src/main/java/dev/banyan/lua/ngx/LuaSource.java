package dev.banyan.lua.ngx;

/** Lua code of a directive: inline text with its chunk name, or a file. */
public sealed interface LuaSource {

  /**
   * Code of a {@code *_by_lua_block} or {@code *_by_lua}.
   *
   * @param chunkName as Lua's {@code load} takes it: {@code =content_by_lua(nginx.conf:12)}
   * @param code the bytes between the braces
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Inline(String chunkName, byte[] code) implements LuaSource {
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
