package dev.banyan.lua;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Immutable: what the text of a Lua chunk tells without running it: its functions, the names that
 * each of them mentions, what it keeps between calls, what it returns. Names that are put together
 * at run time are not seen; where that happens is told.
 *
 * @param functions in the text's order; those without a name of their own belong to the function
 *     around them
 * @param mentions every chain of names, with local names replaced by what they stand for
 * @param dynamicRequires where {@code require} gets a name that isn't written out
 * @param state what functions change and the next call finds: module-level variables and globals
 * @param strings all string constants
 * @param shape what {@code require} gives
 * @param table the name of the table that is returned, empty when it has none
 * @param lines lines in all
 * @param codeLines lines that hold code
 */
public record LuaOutline(
    List<Function> functions,
    List<Mention> mentions,
    List<DynamicRequire> dynamicRequires,
    List<State> state,
    Set<String> strings,
    Shape shape,
    String table,
    int lines,
    int codeLines) {
  /** The number of the main chunk, which is no function. */
  public static final int MAIN = -1;

  /** Copies the lists. */
  public LuaOutline {
    functions = List.copyOf(functions);
    mentions = List.copyOf(mentions);
    dynamicRequires = List.copyOf(dynamicRequires);
    state = List.copyOf(state);
    strings = Set.copyOf(strings);
  }

  /** Reads a chunk; of a broken one what stands before the break. */
  public static LuaOutline of(byte[] source) {
    return OutlineReader.read(source);
  }

  /** What {@code require} gives. */
  public enum Shape {
    /** A table with functions. */
    TABLE,
    /** A table without functions. */
    DATA,
    /** A function. */
    FUNCTION,
    /** A table that can be called, by its metatable's {@code __call}. */
    CALLABLE,
    /** {@code module(...)} of Lua 5.1: the globals of the file are the functions. */
    MODULE_CALL,
    /** Something that only running it would tell. */
    OTHER,
    /** Nothing, as a handler's code. */
    NONE
  }

  /**
   * A function with a name.
   *
   * @param path as written: {@code _M.access}, {@code Group:pick}, {@code signature}
   * @param line where it begins
   * @param lastLine where it ends
   * @param local whether it is {@code local function}
   * @param vararg whether it takes {@code ...}
   */
  public record Function(String path, int line, int lastLine, boolean local, boolean vararg) {
    /** Its name without the table. */
    public String name() {
      return path.substring(Math.max(path.lastIndexOf('.'), path.lastIndexOf(':')) + 1);
    }
  }

  /**
   * A chain of names.
   *
   * @param function the number of the function that mentions it, or {@link #MAIN}
   * @param name such as {@code ngx.var.uri}, {@code edge.util:first} for a field of a required
   *     module, {@code _M.verify}
   * @param line from 1
   * @param written whether it is assigned to
   * @param bare whether it is a {@code require} that is a statement of its own: the module is only
   *     loaded
   */
  public record Mention(int function, String name, int line, boolean written, boolean bare) {}

  /**
   * A {@code require} of a name that isn't written out.
   *
   * @param line from 1
   * @param prefix what the name begins with, as far as it is written out
   */
  public record DynamicRequire(int line, String prefix) {}

  /**
   * Something that a function changes and the next call finds.
   *
   * @param name of the variable, or the chain that is assigned to
   * @param line where it is changed first
   * @param global whether it is a global
   */
  public record State(String name, int line, boolean global) {}

  /** The functions in the table that is returned, without the table's name. */
  public List<Function> exported() {
    return functions.stream().filter(this::isExported).toList();
  }

  /** Whether a function is one of the returned table's. */
  public boolean isExported(Function function) {
    if (shape == Shape.MODULE_CALL) {
      return !function.local() && function.path().equals(function.name());
    }
    return !table.isEmpty()
        && (function.path().equals(table + "." + function.name())
            || function.path().equals(table + ":" + function.name()));
  }

  /** The exported function of a name. */
  public Optional<Function> exported(String name) {
    return exported().stream().filter(function -> function.name().equals(name)).findFirst();
  }
}
