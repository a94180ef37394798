package dev.banyan.nginx.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One directive of an nginx.conf, includes already replaced by what they include.
 *
 * <p>The code of a {@code *_by_lua_block} is the last argument, and such a directive has no block.
 *
 * @param name the first word
 * @param args the other words, unquoted and unescaped, as octet strings
 * @param block what is between the braces; null when the directive ends in a semicolon
 * @param file the file that holds it
 * @param line the line of the {@code ;} or <code>{</code> that ends its words: the line nginx names
 *     in errors
 */
public record Directive(
    String name, List<String> args, @Nullable List<Directive> block, String file, int line) {
  public Directive {
    args = List.copyOf(args);
    block = block == null ? null : List.copyOf(block);
  }

  /** The suffix of directives whose braces hold Lua. */
  static final String LUA_BLOCK = "_by_lua_block";

  /** Whether the braces of a directive of this name hold Lua instead of directives. */
  static boolean holdsLua(String name) {
    return name.endsWith(LUA_BLOCK);
  }

  /** The argument of this number, from 0. */
  public String arg(int index) {
    return args.get(index);
  }

  /** The directives in the braces; empty without braces. */
  public List<Directive> children() {
    return block == null ? List.of() : block;
  }

  /** An error about this directive. */
  public ConfException error(String problem) {
    return ConfException.at(this, problem);
  }

  /** The error nginx gives for a value its type can't be read from. */
  public ConfException invalidValue() {
    return error("\"" + name + "\" directive invalid value");
  }
}
