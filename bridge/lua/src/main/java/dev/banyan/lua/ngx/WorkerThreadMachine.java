package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaRuntimeError;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.LuaVmOptions;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import java.util.List;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one task at a time: a Lua machine for {@code ngx.run_worker_thread}, with the little of
 * {@code ngx} that lua-nginx-module offers there. Globals and loaded modules stay for later tasks.
 */
final class WorkerThreadMachine {
  private static final List<String> OFFERED =
      List.of(
          "cookie_time",
          "crc32_long",
          "crc32_short",
          "decode_args",
          "decode_base64",
          "encode_args",
          "encode_base64",
          "hmac_sha1",
          "http_time",
          "localtime",
          "md5",
          "md5_bin",
          "now",
          "parse_http_time",
          "quote_sql_str",
          "re",
          "sha1_bin",
          "shared",
          "time",
          "today",
          "update_time",
          "utctime");

  private final LuaVm vm;

  /** Builds a machine, owned by the calling thread. */
  WorkerThreadMachine(LuaVmOptions options, NgxLibraries.Settings settings, String prefix) {
    vm = LuaVm.create(options);
    Table whole = new Table();
    new NgxLibraries(vm, settings).open(whole);
    Table ngx = new Table();
    for (String name : OFFERED) {
      ngx.rawset(LuaText.of(name), whole.rawget(LuaText.of(name)));
    }
    ngx.rawset("config", config(prefix));
    constant(ngx, "get_phase", LuaText.of("init")); // as nginx answers there
    vm.globals().rawset("ngx", ngx);
  }

  private static Table config(String prefix) {
    Table config = new Table();
    WorkerApi.versions().forEach((name, value) -> config.rawset(LuaText.of(name), value));
    constant(config, "prefix", LuaText.of(prefix));
    constant(config, "nginx_configure", LuaText.of(""));
    return config;
  }

  private static void constant(Table table, String name, LuaValue value) {
    table.rawset(LuaText.of(name), NativeFunction.of(name, _ -> value));
  }

  /** What to call, by the texts that Lua gave. */
  record Call(LuaValue module, LuaValue function, Arguments arguments) {}

  /** Arguments of a call; that they can't be copied is told when the function is there. */
  sealed interface Arguments {
    /** Those of this machine's own. */
    record Copied(Varargs values) implements Arguments {}

    /** Why there are none. */
    record Refused(String why) implements Arguments {}
  }

  /**
   * Calls a module's function on the calling thread; answers what {@code ngx.run_worker_thread}
   * does.
   */
  Varargs run(Call call) {
    vm.adopt();
    try {
      LuaValue require = vm.globals().rawget("require");
      if (!(vm.call(require, call.module()).arg1() instanceof LuaTable loaded)) {
        return failure("invalid lua module");
      }
      if (!(loaded.get(call.function()) instanceof LuaFunction found)) {
        return failure("invalid function");
      }
      return switch (call.arguments()) {
        case Arguments.Copied(Varargs values) ->
            LuaValue.varargsOf(LuaValue.TRUE, ValueCopy.of(vm.call(found, values), 1));
        case Arguments.Refused(String why) -> failure(why);
      };
    } catch (ValueCopy.Refused e) {
      return failure(e.getMessage() + " in the return value");
    } catch (LuaRuntimeError e) {
      return failure(e.value().isstring() ? LuaText.latin1(e.value()) : "");
    }
  }

  static Varargs failure(String text) {
    return LuaValue.varargsOf(LuaValue.FALSE, LuaText.of(text));
  }
}
