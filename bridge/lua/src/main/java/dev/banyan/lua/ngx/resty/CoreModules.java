package dev.banyan.lua.ngx.resty;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import dev.banyan.lua.ngx.WorkerClock;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one worker: {@code resty.core} and its parts. What they bring is in {@code ngx} already;
 * the tables hold the versions and the few functions that other code calls.
 */
public final class CoreModules {
  /** The version of lua-resty-core whose behaviour {@code ngx} has. */
  public static final LuaString VERSION = LuaText.of("0.1.25");

  private static final List<String> PLAIN =
      List.of(
          "",
          ".base64",
          ".coroutine",
          ".exit",
          ".hash",
          ".ndk",
          ".param",
          ".phase",
          ".request",
          ".response",
          ".shdict",
          ".socket",
          ".uri",
          ".var");

  private static final Map<String, Integer> RESULTS =
      Map.of(
          "FFI_OK", 0,
          "FFI_ERROR", -1,
          "FFI_AGAIN", -2,
          "FFI_BUSY", -3,
          "FFI_DONE", -4,
          "FFI_DECLINED", -5,
          "FFI_NO_REQ_CTX", -100,
          "FFI_BAD_CONTEXT", -101);

  private static final int STRING_BUFFER_SIZE = 4096;

  private final LuaVm vm;
  private final WorkerClock clock;

  CoreModules(LuaVm vm, WorkerClock clock) {
    this.vm = vm;
    this.clock = clock;
  }

  void open() {
    for (String part : PLAIN) {
      vm.preload("resty.core" + part, CoreModules::versioned);
    }
    for (String part : List.of(".ctx", ".misc", ".worker")) {
      vm.preload(
          "resty.core" + part,
          () -> {
            Table module = new Table();
            module.rawset("_VERSION", VERSION);
            return module;
          });
    }
    vm.preload("resty.core.base", CoreModules::base);
    vm.preload("resty.core.time", this::time);
    vm.preload("resty.core.utils", CoreModules::utils);
  }

  private static Table versioned() {
    Table module = new Table();
    module.rawset("version", VERSION);
    return module;
  }

  /** {@code resty.sha} only loads the library's declarations. */
  static Table shaBase() {
    Table module = new Table();
    module.rawset("_VERSION", LuaText.of("0.15"));
    return module;
  }

  private static Table base() {
    Table module = versioned();
    RESULTS.forEach((name, value) -> module.rawset(name, LuaNumbers.of((long) value)));
    module.rawset("new_tab", NativeFunction.of("new_tab", CoreModules::newTable));
    module.rawset("clear_tab", NativeFunction.of("clear_tab", CoreModules::clearTable));
    module.rawset(
        "get_string_buf_size",
        NativeFunction.of("get_string_buf_size", args -> LuaNumbers.of((long) STRING_BUFFER_SIZE)));
    module.rawset("allows_subsystem", NativeFunction.of("allows_subsystem", args -> LuaValue.NONE));
    return module;
  }

  private static Varargs newTable(Varargs args) {
    return new Table(LuaArgs.optInt(args, 1, 0), LuaArgs.optInt(args, 2, 0));
  }

  private static Varargs clearTable(Varargs args) {
    LuaTable table = LuaArgs.checkTable(args, 1);
    if (table instanceof Table own) {
      own.clear();
    } else {
      for (LuaValue key : table.keys()) {
        table.rawset(key, LuaValue.NIL);
      }
    }
    return LuaValue.NONE;
  }

  private Table time() {
    Table module = versioned();
    module.rawset(
        "monotonic_msec",
        NativeFunction.of("monotonic_msec", args -> LuaNumbers.of(clock.monotonicMillis())));
    module.rawset(
        "monotonic_time",
        NativeFunction.of(
            "monotonic_time", args -> LuaNumbers.of(clock.monotonicMillis() / 1000.0)));
    return module;
  }

  private static Table utils() {
    Table module = versioned();
    module.rawset(
        "str_replace_char", NativeFunction.of("str_replace_char", CoreModules::replaceChar));
    return module;
  }

  private static Varargs replaceChar(Varargs args) {
    String text = LuaArgs.checkText(args, 1);
    String from = LuaArgs.checkText(args, 2);
    String to = LuaArgs.checkText(args, 3);
    boolean nothing = from.isEmpty() || to.isEmpty();
    return LuaText.of(nothing ? text : text.replace(from.charAt(0), to.charAt(0)));
  }
}
