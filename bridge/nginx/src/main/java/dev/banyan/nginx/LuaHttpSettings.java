package dev.banyan.nginx;

import dev.banyan.nginx.script.LuaHandler;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lua module's settings of the http block.
 *
 * @param packagePath {@code lua_package_path}; null leaves the default; {@code ;;} stands for it
 * @param sharedDicts sizes in bytes by name, in the order of the file
 * @param rewriteNoPostpone whether Lua of the rewrite phase runs before the rewrite directives
 * @param workerThreadMachines {@code lua_worker_thread_vm_pool_size}, for each worker
 * @param accessNoPostpone whether Lua of the access phase runs before the access directives
 */
public record LuaHttpSettings(
    @Nullable String packagePath,
    @Nullable String packageCpath,
    Map<String, Long> sharedDicts,
    @Nullable LuaHandler init,
    @Nullable LuaHandler initWorker,
    @Nullable LuaHandler exitWorker,
    int maxPendingTimers,
    int maxRunningTimers,
    int regexCacheMaxEntries,
    int regexMatchLimit,
    boolean rewriteNoPostpone,
    boolean accessNoPostpone,
    int captureErrorLogSize,
    int workerThreadMachines) {
  public LuaHttpSettings {
    sharedDicts = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(sharedDicts));
  }
}
