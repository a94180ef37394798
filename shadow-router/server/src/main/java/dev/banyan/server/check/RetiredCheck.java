package dev.banyan.server.check;

import dev.banyan.api.FailMode;
import dev.banyan.host.BoundPort;
import dev.banyan.host.ModuleHost;
import dev.banyan.lua.LuaOutline;
import dev.banyan.nginx.syntax.ConfTree;
import dev.banyan.router.flags.FlagSnapshot;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.config.ConfigProblem;
import dev.banyan.server.config.ModuleConfig;
import dev.banyan.server.serve.ConfSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one check: the configured modules without a Lua file. A port stands for such a module
 * when there is nothing left that only Lua could answer.
 */
public final class RetiredCheck {
  private static final Set<String> SEARCHES =
      Set.of("package.path", "package.preload", "package.loaders");

  private final BanyanConfig config;
  private final ModuleHost host;
  private final FlagSnapshot flags;
  private final Set<String> retired = new TreeSet<>();
  private final List<ConfigProblem> unknown = new ArrayList<>();
  private final List<ConfigProblem> unanswered = new ArrayList<>();

  private RetiredCheck(BanyanConfig config, ModuleHost host, FlagSnapshot flags) {
    this.config = config;
    this.host = host;
    this.flags = flags;
  }

  /**
   * The modules whose ports stand for them alone.
   *
   * @throws ConfigException with the modules that have a port and no Lua file, and still need Lua
   */
  public static Set<String> require(
      BanyanConfig config, ConfSource source, ModuleHost host, FlagSnapshot flags) {
    RetiredCheck check = of(config, source, host, flags);
    if (!check.unanswered.isEmpty()) {
      throw new ConfigException(check.unanswered);
    }
    return check.retired;
  }

  /** Looks at all configured modules. */
  static RetiredCheck of(
      BanyanConfig config, ConfSource source, ModuleHost host, FlagSnapshot flags) {
    RetiredCheck check = new RetiredCheck(config, host, flags);
    ConfTree tree = source.syntax();
    PackagePath path = PackagePath.of(tree, source.prefix());
    List<ModuleConfig> absent =
        config.modules().values().stream()
            .filter(module -> path.find(module.name()).isEmpty())
            .toList();
    if (!absent.isEmpty()) {
      boolean told = !searchesElsewhere(LegacyLua.of(tree, source.prefix()));
      absent.forEach(module -> check.look(module, told));
    }
    return check;
  }

  /** Whether Lua changes where modules are looked for, so that the text doesn't tell. */
  private static boolean searchesElsewhere(LegacyLua lua) {
    return lua.chunks().stream()
        .flatMap(read -> read.outline().mentions().stream())
        .filter(LuaOutline.Mention::written)
        .anyMatch(mention -> SEARCHES.stream().anyMatch(mention.name()::startsWith));
  }

  private void look(ModuleConfig module, boolean told) {
    BoundPort port = host.port(module.name());
    if (port == null || !told) {
      unknown.add(problem(module, ": correct the name, or remove it"));
      return;
    }
    String missing = missing(module, port);
    if (missing == null) {
      retired.add(module.name());
    } else {
      unanswered.add(problem(module, ", " + missing));
    }
  }

  /** What keeps a port from standing for its module alone. */
  private @Nullable String missing(ModuleConfig module, BoundPort port) {
    if (!flags.flag(module.name()).isJavaForAll()) {
      return "and its flag is "
          + flags.flag(module.name()).summary()
          + ", which needs it: put the file back, then see what \"banyan retire "
          + module.name()
          + "\" says";
    }
    if (module.failMode() == FailMode.LUA) {
      return "which \"fail-mode: lua\" needs: set open or closed, or put the file back";
    }
    if (!port.mirrors().isEmpty() || !port.methods().isEmpty()) {
      Set<String> names = new TreeSet<>(port.mirrors().keySet());
      names.addAll(port.methods().keySet());
      return "of which its port needs " + names + " (@Mirror, @Method): put the file back";
    }
    return null;
  }

  private ConfigProblem problem(ModuleConfig module, String what) {
    return new ConfigProblem(
        config.file(),
        module.line(),
        "module \"" + module.name() + "\" has no Lua file in lua_package_path" + what);
  }

  /** The modules whose ports stand for them. */
  Set<String> retired() {
    return retired;
  }

  /** What is wrong with the others. */
  List<ConfigProblem> problems() {
    List<ConfigProblem> all = new ArrayList<>(unknown);
    all.addAll(unanswered);
    return all;
  }
}
