package dev.banyan.nginx;

import dev.banyan.nginx.syntax.Directive;

/** The chunk names of inline Lua, as ngx_lua builds them. */
public final class LuaChunkName {
  private LuaChunkName() {}

  /** The name of the Lua in a directive: {@code =access_by_lua(nginx.conf:6)}. */
  public static String of(Directive directive) {
    String file = directive.file();
    String name = file.substring(file.lastIndexOf('/') + 1);
    String handler = directive.name().replaceFirst("_block$", "");
    return "=" + handler + "(" + name + ":" + directive.line() + ")";
  }
}
