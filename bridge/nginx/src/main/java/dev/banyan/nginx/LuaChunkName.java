package dev.banyan.nginx;

import dev.banyan.nginx.script.LuaPhase;
import dev.banyan.nginx.syntax.Directive;

/** The chunk names of inline Lua, as ngx_lua builds them. */
final class LuaChunkName {
  private LuaChunkName() {}

  static String of(LuaPhase phase, Directive directive) {
    String file = directive.file();
    String name = file.substring(file.lastIndexOf('/') + 1);
    return "=" + phase.directive() + "(" + name + ":" + directive.line() + ")";
  }
}
