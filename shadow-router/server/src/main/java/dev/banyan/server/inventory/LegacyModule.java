package dev.banyan.server.inventory;

import dev.banyan.lua.LuaOutline;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Immutable: what the text of one Lua module tells.
 *
 * @param name what the legacy asks for it by; the file's path for a file that only a directive
 *     names
 * @param file where it is
 * @param foreign whether it lies outside of the folders that the configuration names, as libraries
 *     of the system do
 * @param shape what the legacy gets for it
 * @param lines lines in all
 * @param codeLines lines that hold code
 * @param functions the functions in its table
 * @param requires the modules that it asks for and that have a file
 * @param requiredBy the modules that ask for it
 * @param builtIns the modules without a file that it asks for
 * @param handlers how many handlers of the configuration reach it
 * @param phases the handlers' directives from which its functions can be reached
 * @param touches what it uses of the world around it
 * @param state what it keeps between calls
 * @param notes what is to be known before it is ported
 */
public record LegacyModule(
    String name,
    Path file,
    boolean foreign,
    LuaOutline.Shape shape,
    int lines,
    int codeLines,
    List<ModuleFunction> functions,
    Set<String> requires,
    Set<String> requiredBy,
    Set<String> builtIns,
    int handlers,
    Set<String> phases,
    Touches touches,
    List<String> state,
    List<Note> notes) {
  /** Copies the collections. */
  public LegacyModule {
    functions = List.copyOf(functions);
    requires = new TreeSet<>(requires);
    requiredBy = new TreeSet<>(requiredBy);
    builtIns = new TreeSet<>(builtIns);
    phases = new TreeSet<>(phases);
    state = List.copyOf(state);
    notes = List.copyOf(notes);
  }

  /** Whether something in it keeps its functions from being replaced. */
  public boolean isBlocked() {
    return notes.stream().anyMatch(Note::blocks);
  }

  /** Whether it runs for requests, not only when nginx starts or stops. */
  public boolean servesRequests() {
    return phases.stream()
        .anyMatch(phase -> !phase.startsWith("init") && !phase.startsWith("exit"));
  }

  /** Why it isn't ported on its own; empty when it is. */
  public String apart() {
    if (foreign) {
      return "a library outside of the legacy's folders";
    }
    if (isBlocked()) {
      return notes.stream().filter(Note::blocks).map(Note::text).collect(Collectors.joining("; "));
    }
    if (shape == LuaOutline.Shape.DATA) {
      return "data, which goes with "
          + (requiredBy.isEmpty() ? "nothing" : String.join(", ", requiredBy));
    }
    if (shape == LuaOutline.Shape.NONE) {
      return "a handler's code, not a module";
    }
    return servesRequests()
        ? ""
        : "runs in no request" + (phases.isEmpty() ? "" : ", only when nginx starts");
  }

  /**
   * A function in a module's table.
   *
   * @param line where it begins
   * @param phases the handlers' directives from which it can be reached
   * @param used whether its name occurs anywhere outside of itself
   */
  public record ModuleFunction(String name, int line, Set<String> phases, boolean used) {
    /** Copies the set. */
    public ModuleFunction {
      phases = new TreeSet<>(phases);
    }
  }

  /**
   * Something to know before a module is ported.
   *
   * @param line where, or 0 for the whole file
   * @param blocks whether its functions can't be replaced before that is changed
   */
  public record Note(int line, String text, boolean blocks) {}
}
