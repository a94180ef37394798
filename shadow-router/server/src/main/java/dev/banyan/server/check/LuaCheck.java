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

  /** Data of {@code ffi} is there; functions of C are not, but for a few. */
  private void foreignFunctions(LuaChunk chunk, List<LuaUse> uses) {
    ForeignFunctions functions = ForeignFunctions.of(chunk);
    for (LuaUse use : uses) {
      String missing = functions.missing(use);
      if (missing.isEmpty()) {
        continue;
      }
      ConfigProblem problem =
          new ConfigProblem(
              chunk.file(),
              chunk.line(use.line()),
              "needs "
                  + missing
                  + ", which isn't called here: use a module that is built in"
                  + " (docs/compatibility.md), or put what it is for into a Java port");
      (use.guarded() ? warnings : problems).add(problem);
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
