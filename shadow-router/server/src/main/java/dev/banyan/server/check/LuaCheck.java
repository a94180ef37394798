package dev.banyan.server.check;

import dev.banyan.lua.LuaSyntax;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigProblem;
import dev.banyan.server.config.ModuleConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds Lua files that don't compile, and configured modules that have no Lua file. */
final class LuaCheck {
  /** Files that one check compiles at most. */
  static final int MAX_FILES = 5_000;

  private static final Pattern POSITION = Pattern.compile("^(.*):(\\d+): (.*)$", Pattern.DOTALL);

  private LuaCheck() {}

  static List<ConfigProblem> modules(BanyanConfig config, @Nullable String packagePath) {
    List<Path> roots = new ArrayList<>();
    List<ConfigProblem> problems = new ArrayList<>();
    List<String> templates = templates(config, packagePath);
    for (String template : templates) {
      Path root = Path.of(template.substring(0, template.indexOf('?')));
      if (Files.isDirectory(root)) {
        roots.add(root.normalize());
      }
    }
    for (ModuleConfig module : config.modules().values()) {
      if (templates.stream().noneMatch(template -> Files.isRegularFile(file(template, module)))) {
        problems.add(
            new ConfigProblem(
                config.file(),
                module.line(),
                "module \""
                    + module.name()
                    + "\" has no Lua file in lua_package_path: correct the name, or remove it"));
      }
    }
    for (Path file : luaFiles(roots)) {
      syntax(file).ifPresent(problems::add);
    }
    return problems;
  }

  private static List<String> templates(BanyanConfig config, @Nullable String packagePath) {
    List<String> templates = new ArrayList<>();
    String path = packagePath == null ? "" : packagePath;
    for (String template : path.replace("$prefix", config.prefix() + "/").split(";")) {
      if (template.indexOf('?') > 0) {
        templates.add(config.prefix().resolve(template).toString());
      }
    }
    return templates;
  }

  private static Path file(String template, ModuleConfig module) {
    return Path.of(template.replace("?", module.name().replace('.', '/')));
  }

  private static NavigableSet<Path> luaFiles(List<Path> roots) {
    NavigableSet<Path> files = new TreeSet<>();
    for (Path root : roots) {
      try (Stream<Path> walk = Files.walk(root)) {
        walk.filter(path -> path.toString().endsWith(".lua")).limit(MAX_FILES).forEach(files::add);
      } catch (IOException | UncheckedIOException e) {
        // an unreadable folder is no Lua error; require will say so
      }
    }
    return files;
  }

  private static Optional<ConfigProblem> syntax(Path file) {
    try {
      String error = LuaSyntax.check(Files.readAllBytes(file), "@" + file);
      return error == null ? Optional.empty() : Optional.of(problem(file, error));
    } catch (IOException e) {
      return Optional.of(new ConfigProblem(file, 0, "can't be read: " + e.getMessage()));
    }
  }

  private static ConfigProblem problem(Path file, String error) {
    Matcher matcher = POSITION.matcher(error);
    return matcher.matches()
        ? new ConfigProblem(
            file, Integer.parseInt(matcher.group(2)), "Lua syntax: " + matcher.group(3))
        : new ConfigProblem(file, 0, "Lua syntax: " + error);
  }
}
