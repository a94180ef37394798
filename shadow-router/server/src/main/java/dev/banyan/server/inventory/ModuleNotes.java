package dev.banyan.server.inventory;

import dev.banyan.lua.LuaOutline;
import dev.banyan.lua.LuaOutline.Function;
import dev.banyan.lua.LuaOutline.Mention;
import dev.banyan.server.check.LegacyLua;
import dev.banyan.server.inventory.LegacyModule.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Owned by one module's reading: what keeps it from being ported, or makes that harder. */
final class ModuleNotes {
  private static final Set<String> CODE_FROM_TEXT =
      Set.of("loadstring", "load", "loadfile", "dofile", "setfenv", "getfenv");

  private final LuaOutline outline;
  private final Set<String> modules;
  private final List<Note> notes = new ArrayList<>();

  private ModuleNotes(LuaOutline outline, Set<String> modules) {
    this.outline = outline;
    this.modules = modules;
  }

  static List<Note> of(LegacyLua.Read read, Set<String> modules) {
    ModuleNotes notes = new ModuleNotes(read.outline(), modules);
    notes.shape();
    notes.replacements();
    notes.varargs();
    notes.codeFromText();
    return notes.notes;
  }

  private void shape() {
    switch (outline.shape()) {
      case FUNCTION ->
          blocks(
              "returns a function: only functions in a returned table can be replaced; return a"
                  + " table that holds it, and let the callers name it");
      case CALLABLE ->
          blocks(
              "its table may be called as a function (__call), which can't be replaced; give the"
                  + " call a name, and let the callers use it");
      case OTHER ->
          blocks(
              "returns what only running it would tell: end it with \"return\" and the name of a"
                  + " table");
      case TABLE, DATA, MODULE_CALL, NONE -> {
        // Functions in a table can be replaced, and there is nothing to replace in the others.
      }
    }
  }

  private void replacements() {
    Set<String> told = new TreeSet<>();
    for (Mention mention : outline.mentions()) {
      int colon = mention.name().indexOf(':');
      boolean foreign = colon > 0 && modules.contains(mention.name().substring(0, colon));
      if (mention.written() && foreign && told.add(mention.name())) {
        notes.add(
            new Note(
                mention.line(),
                "replaces "
                    + mention.name().replace(':', '.')
                    + " of another module at run time: a port of that module would not be called",
                false));
      }
    }
  }

  private void varargs() {
    for (Function function : outline.exported()) {
      if (function.vararg()) {
        notes.add(
            new Note(
                function.line(),
                function.name()
                    + " takes any number of arguments (...): leave it in Lua, or give"
                    + " its port as many Object parameters as it is called with",
                false));
      }
    }
  }

  private void codeFromText() {
    Set<String> told = new TreeSet<>();
    for (Mention mention : outline.mentions()) {
      if (CODE_FROM_TEXT.contains(mention.name()) && told.add(mention.name())) {
        notes.add(
            new Note(
                mention.line(),
                "uses " + mention.name() + ": what that code does the text doesn't tell",
                false));
      }
    }
  }

  private void blocks(String text) {
    notes.add(new Note(0, text, true));
  }
}
