package dev.banyan.router.flags;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Immutable: the flags of all modules at one version. A request is pinned to one snapshot at its
 * start.
 *
 * @param version rises by one with each change
 */
public record FlagSnapshot(long version, SortedMap<String, ModuleFlag> flags) {
  /** No module is flagged: Lua answers everything. */
  public static final FlagSnapshot EMPTY = new FlagSnapshot(0, Collections.emptySortedMap());

  /** Copies the flags. */
  public FlagSnapshot {
    flags = Collections.unmodifiableSortedMap(new TreeMap<>(flags));
    flags.forEach((module, flag) -> {
      if (!module.equals(flag.module())) {
        throw new IllegalArgumentException("flag of " + flag.module() + " under " + module);
      }
    });
  }

  /** The flag of a module; one that is not listed is answered by Lua. */
  public ModuleFlag flag(String module) {
    ModuleFlag flag = flags.get(module);
    return flag == null ? ModuleFlag.lua(module) : flag;
  }

  /** The next version, with one flag replaced. */
  public FlagSnapshot with(ModuleFlag flag) {
    Map<String, ModuleFlag> next = new TreeMap<>(flags);
    next.put(flag.module(), flag);
    return new FlagSnapshot(version + 1, new TreeMap<>(next));
  }
}
