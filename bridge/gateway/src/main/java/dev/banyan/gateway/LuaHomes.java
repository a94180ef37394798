package dev.banyan.gateway;

import dev.banyan.lua.LuaVmOptions;
import dev.banyan.lua.lib.StandardLibraries;
import dev.banyan.lua.ngx.LuaSource;
import dev.banyan.lua.ngx.ProcessEnvironment;
import dev.banyan.lua.ngx.re.ReSettings;
import dev.banyan.lua.replay.LuaHome;
import dev.banyan.nginx.LuaHttpSettings;
import dev.banyan.nginx.MainConf;
import dev.banyan.nginx.NginxConf;
import dev.banyan.nginx.script.LuaHandler;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a configuration tells of its Lua, apart from who serves it. */
public final class LuaHomes {
  private LuaHomes() {}

  /** All that the Lua of a configuration needs to run without a server. */
  public static LuaHome of(NginxConf conf) {
    LuaHttpSettings lua = conf.http().lua();
    return new LuaHome(
        conf.prefix(),
        paths(lua, withSlash(conf.prefix())),
        lua.sharedDicts(),
        re(lua),
        environment(conf.main()),
        source(lua.init(), conf.prefix()),
        source(lua.initWorker(), conf.prefix()));
  }

  private static String withSlash(Path prefix) {
    return prefix + "/";
  }

  private static @Nullable LuaSource source(@Nullable LuaHandler handler, Path prefix) {
    return handler == null
        ? null
        : switch (handler.source()) {
          case dev.banyan.nginx.script.LuaSource.Inline code ->
              new LuaSource.Inline(handler.chunkName(), Octets.bytes(code.code()));
          case dev.banyan.nginx.script.LuaSource.File file ->
              new LuaSource.File(prefix.resolve(file.path().source()).toString());
        };
  }

  static ReSettings re(LuaHttpSettings lua) {
    return new ReSettings(lua.regexCacheMaxEntries(), lua.regexMatchLimit());
  }

  static ProcessEnvironment environment(MainConf main) {
    return new ProcessEnvironment(
        main.environment(), Set.copyOf(main.passedEnvironment()), System::getenv);
  }

  /** The standard libraries, with the paths of {@code require}. */
  static LuaVmOptions paths(LuaHttpSettings lua, String prefix) {
    LuaVmOptions defaults = StandardLibraries.options();
    return defaults.withPaths(
        path(prefix, lua.packagePath(), defaults.packagePath()),
        path(prefix, lua.packageCpath(), defaults.packageCpath()));
  }

  /** Expands {@code ;;} to the default and {@code $prefix}. */
  private static String path(String prefix, @Nullable String configured, String standard) {
    return configured == null
        ? standard
        : configured
            .replace("${prefix}", prefix)
            .replace("$prefix", prefix)
            .replace(";;", ";" + standard + ";")
            .replaceAll("^;|;$", "");
  }
}
