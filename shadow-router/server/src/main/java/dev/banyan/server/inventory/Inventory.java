package dev.banyan.server.inventory;

import dev.banyan.server.check.LegacyLua;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.config.ConfigProblem;
import dev.banyan.server.serve.ConfSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Immutable: all Lua of a legacy, as far as its text tells: no code of it is run.
 *
 * @param conf the nginx.conf
 * @param modules in the order of their names
 * @param handlers how many directives run Lua
 * @param order what to port first
 * @param unreached files in the legacy's own folders that nothing asks for by a name that the text
 *     tells
 * @param warnings what the text doesn't tell or what is wrong with it
 */
public record Inventory(
    Path conf,
    List<LegacyModule> modules,
    int handlers,
    List<PortingStep> order,
    List<Path> unreached,
    List<ConfigProblem> warnings) {
  /** Copies the lists. */
  public Inventory {
    modules = List.copyOf(modules);
    order = List.copyOf(order);
    unreached = List.copyOf(unreached);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a configuration and its Lua.
   *
   * @throws ConfigException when the configuration can't be read or parsed
   */
  public static Inventory of(ConfSource source) {
    LegacyLua lua = LegacyLua.of(source.syntax(), source.prefix());
    InventoryReader reader = new InventoryReader(lua, source.prefix());
    List<LegacyModule> modules = reader.modules();
    Set<Path> reached = modules.stream().map(LegacyModule::file).collect(Collectors.toSet());
    List<Path> unreached = new ArrayList<>(lua.ownFiles());
    unreached.removeAll(reached);
    return new Inventory(
        source.conf(),
        modules,
        lua.handlers().size(),
        PortingOrder.of(modules),
        unreached,
        reader.warnings());
  }

  /** The module of a name. */
  public Optional<LegacyModule> module(String name) {
    return modules.stream().filter(module -> module.name().equals(name)).findFirst();
  }
}
