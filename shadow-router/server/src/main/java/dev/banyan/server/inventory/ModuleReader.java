package dev.banyan.server.inventory;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * Immutable: a place in the legacy's Lua that uses another module.
 *
 * @param by the module that it is in, or the directive for Lua of the nginx.conf
 * @param handler whether it is in the nginx.conf
 * @param file where it is written
 * @param line where in it, the first of its kind
 * @param use in what way
 * @param name what is used: a field of the module, a key of {@code ngx.ctx}, a global; empty for
 *     {@link Use#WHOLE}, {@link Use#LOAD} and {@link Use#NAME}
 * @param written whether it is set there
 * @param loading whether that happens while the file is loaded
 * @param phases the directives from which it can be reached
 */
public record ModuleReader(
    String by,
    boolean handler,
    Path file,
    int line,
    Use use,
    String name,
    boolean written,
    boolean loading,
    Set<String> phases) {
  /** Makes the set unmodifiable by others. */
  public ModuleReader {
    phases = new TreeSet<>(phases);
  }

  /** In what way a module is used. */
  public enum Use {
    /** A field of its table. */
    MEMBER,
    /** Its table, which is handed on or looked into by a name that the text doesn't tell. */
    WHOLE,
    /** It is only loaded: a {@code require} whose value nobody takes. */
    LOAD,
    /** It is asked for by a name that is put together. */
    NAME,
    /** A key of {@code ngx.ctx} that it sets. */
    CTX,
    /** A global that it sets. */
    GLOBAL
  }

  /** {@code bot.lua:48}. */
  public String place() {
    return file.getFileName() + ":" + line;
  }
}
