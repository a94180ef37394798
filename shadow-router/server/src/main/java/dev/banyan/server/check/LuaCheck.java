package dev.banyan.server.check;

import dev.banyan.lua.LuaUse;
import dev.banyan.server.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;

/** Owned by one check: finds Lua that doesn't compile, and Lua that needs what is not there. */
final class LuaCheck {
  private static final String FFI = "ffi";

  private final LegacyLua lua;
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final List<ConfigProblem> warnings = new ArrayList<>();

  LuaCheck(LegacyLua lua) {
    this.lua = lua;
  }

  /** Checks all Lua that the configuration reaches, and whatever is in its own folders. */
  Findings all() {
    problems.addAll(lua.unreadable());
    NavigableSet<Path> others = lua.ownFiles();
    for (LegacyLua.Read read : lua.chunks()) {
      others.remove(read.chunk().file());
      read.chunk().syntax().ifPresent(problems::add);
      foreignFunctions(read.chunk(), read.uses());
    }
    others.forEach(this::syntax);
    return new Findings(problems, warnings);
  }

  private void foreignFunctions(LuaChunk chunk, List<LuaUse> uses) {
    for (LuaUse use : uses) {
      if (!use.module() || !use.name().equals(FFI)) {
        continue;
      }
      int line = chunk.line(use.line());
      if (use.guarded()) {
        warnings.add(
            new ConfigProblem(
                chunk.file(),
                line,
                "asks for \"ffi\" under pcall: it isn't there, so the code's other way is taken"));
      } else {
        problems.add(
            new ConfigProblem(
                chunk.file(),
                line,
                "needs \"ffi\", which isn't there: use a module that is built in"
                    + " (docs/compatibility.md), or put the call into a Java port"));
      }
    }
  }

  private void syntax(Path file) {
    try {
      LuaChunk.file(file, Files.readAllBytes(file)).syntax().ifPresent(problems::add);
    } catch (IOException e) {
      problems.add(new ConfigProblem(file, 0, "can't be read: " + e.getMessage()));
    }
  }
}
