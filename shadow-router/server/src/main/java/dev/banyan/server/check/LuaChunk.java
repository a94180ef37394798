package dev.banyan.server.check;

import dev.banyan.lua.LuaSyntax;
import dev.banyan.server.config.ConfigProblem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Immutable: a piece of Lua, a file of its own or a part of an nginx.conf.
 *
 * @param file where it is written
 * @param firstLine the file's line that its own line 1 is
 * @param name what Lua calls it in messages
 * @param source its octets, which nobody changes
 */
public record LuaChunk(Path file, int firstLine, String name, byte[] source) {
  private static final Pattern POSITION = Pattern.compile("^(?:.*?):(\\d+): (.*)$", Pattern.DOTALL);

  static LuaChunk file(Path file, byte[] source) {
    return new LuaChunk(file, 1, "@" + file, source);
  }

  /** Whether it is a file of its own. */
  public boolean isFile() {
    return name.startsWith("@");
  }

  /** The file's line for a line of the chunk. */
  public int line(int own) {
    return firstLine + own - 1;
  }

  /** What LuaJIT says when it is no Lua. */
  public Optional<ConfigProblem> syntax() {
    String error = LuaSyntax.check(source, name);
    return error == null ? Optional.empty() : Optional.of(problem(error));
  }

  private ConfigProblem problem(String error) {
    String own = name.substring(1);
    String rest = error.startsWith(own) ? error.substring(own.length()) : error;
    Matcher matcher = POSITION.matcher(rest);
    if (!matcher.matches()) {
      return new ConfigProblem(file, firstLine, "Lua syntax: " + error);
    }
    int line = line(Integer.parseInt(matcher.group(1)));
    return new ConfigProblem(file, line, "Lua syntax: " + (isFile() ? matcher.group(2) : error));
  }
}
