package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** Asked once for each module that {@code require} has loaded, before anyone sees it. */
@FunctionalInterface
public interface SeamHook {
  /** Leaves every module as it was loaded. */
  SeamHook NONE = (name, loaded) -> loaded;

  /** Answers what goes to {@code package.loaded[name]}: {@code loaded} itself or its substitute. */
  LuaValue onRequire(String name, LuaValue loaded);

  /**
   * What stands for a module of which no loader finds a file.
   *
   * @return null when nothing does; {@code require} then raises its error
   */
  default @Nullable LuaValue provide(String name) {
    return null;
  }
}
