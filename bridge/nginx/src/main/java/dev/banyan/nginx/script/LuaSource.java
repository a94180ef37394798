package dev.banyan.nginx.script;

/** Where the code of a {@link LuaHandler} is. */
public sealed interface LuaSource {
  /** Code in the configuration, as an octet string. */
  record Inline(String code) implements LuaSource {}

  /** A file, named per request; a relative name starts from the prefix. */
  record File(Template path) implements LuaSource {}
}
