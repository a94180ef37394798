package dev.banyan.lua.replay;

import dev.banyan.lua.LuaVmOptions;
import dev.banyan.lua.ngx.LuaSource;
import dev.banyan.lua.ngx.ProcessEnvironment;
import dev.banyan.lua.ngx.re.ReSettings;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: what a legacy's Lua needs of its configuration to run without a server.
 *
 * @param prefix the folder that {@code ngx.config.prefix()} tells
 * @param options with the paths of {@code require}
 * @param dicts the sizes of its shared dicts, in bytes
 * @param re the settings of {@code ngx.re}
 * @param environment what {@code os.getenv} knows
 * @param init the code of {@code init_by_lua}, or null
 * @param initWorker the code of {@code init_worker_by_lua}, or null
 */
public record LuaHome(
    Path prefix,
    LuaVmOptions options,
    Map<String, Long> dicts,
    ReSettings re,
    ProcessEnvironment environment,
    @Nullable LuaSource init,
    @Nullable LuaSource initWorker) {
  /** Copies the sizes. */
  public LuaHome {
    dicts = Map.copyOf(dicts);
  }
}
