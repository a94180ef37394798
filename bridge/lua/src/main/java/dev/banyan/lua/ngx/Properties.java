package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import java.util.HashMap;
import java.util.Map;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Owned by one machine: the fields of {@code ngx} that stand for the request's state. */
final class Properties {
  private final LuaVm vm;
  private final Map<LuaString, Getter> getters = new HashMap<>();
  private final Map<LuaString, Setter> setters = new HashMap<>();

  private Properties(LuaVm vm) {
    this.vm = vm;
    getter("ctx", Properties::ctx);
    getter("status", x -> LuaInteger.valueOf(x.request().status()));
    getter("headers_sent", x -> LuaValue.valueOf(x.request().headersSent()));
    getter("is_subrequest", x -> LuaValue.valueOf(x.request().subrequest()));
    setter("ctx", Properties::ctx);
    setter("status", Properties::status);
  }

  /** Gives {@code ngx} its metatable. */
  static void open(Bindings bindings, Table ngx) {
    Properties properties = new Properties(bindings.vm());
    Table metatable = new Table();
    metatable.rawset(
        LuaValue.INDEX, NativeFunction.two("__index", (t, key) -> properties.get(key)));
    metatable.rawset(
        LuaValue.NEWINDEX,
        NativeFunction.three(
            "__newindex",
            (t, key, value) -> {
              properties.set(ngx, key, value);
              return NONE;
            }));
    ngx.setmetatable(metatable);
  }

  private void getter(String name, Read body) {
    getters.put(LuaText.of(name), new Getter(new ApiGate(NgxApi.entry("ngx." + name)), body));
  }

  private void setter(String name, Write body) {
    setters.put(LuaText.of(name), new Setter(new ApiGate(NgxApi.entry("ngx." + name)), body));
  }

  private LuaValue get(LuaValue key) {
    Getter getter = key instanceof LuaString name ? getters.get(name) : null;
    return getter == null ? NIL : getter.body.get(getter.gate.enter(vm));
  }

  private void set(Table ngx, LuaValue key, LuaValue value) {
    Setter setter = key instanceof LuaString name ? setters.get(name) : null;
    if (setter == null) {
      ngx.rawset(key, value);
    } else {
      setter.body.set(setter.gate.enter(vm), value);
    }
  }

  private static LuaValue ctx(Execution x) {
    return x.state().table(x.machine.vm(), x.requestOrNull());
  }

  private static void ctx(Execution x, LuaValue value) {
    if (!(value instanceof LuaTable table)) {
      throw LuaErrors.raise("ctx should be a table while getting a " + value.typename());
    }
    x.state().unseen = null;
    x.state().ctx = table;
  }

  private static void status(Execution x, LuaValue value) {
    LuaNumber number = Semantics.tonumber(value);
    if (number == null) {
      throw LuaErrors.bare(
          "bad argument #2 to 'ngx_http_lua_ffi_set_resp_status' (cannot convert 'nil' to 'int')");
    }
    RequestHost request = x.request();
    if (request.headersSent()) {
      request.log(4, "attempt to set ngx.status after sending out response headers");
      return;
    }
    request.status((int) (long) number.todouble()); // as a C int keeps it
  }

  /** Reads a property. */
  @FunctionalInterface
  private interface Read {
    LuaValue get(Execution execution);
  }

  /** Writes a property. */
  @FunctionalInterface
  private interface Write {
    void set(Execution execution, LuaValue value);
  }

  private record Getter(ApiGate gate, Read body) {}

  private record Setter(ApiGate gate, Write body) {}
}
