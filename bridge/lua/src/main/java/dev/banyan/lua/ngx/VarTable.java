package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.VirtualTable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Owned by one machine: {@code ngx.var}, nginx's variables without copies. */
final class VarTable extends VirtualTable {
  private static final int NAMES_BOUND = 4096;

  private final LuaVm vm;
  private final ApiGate gate = new ApiGate(NgxApi.entry("ngx.var"));
  private final Map<LuaString, String> names = new HashMap<>();

  VarTable(LuaVm vm) {
    this.vm = vm;
  }

  @Override
  protected LuaValue read(LuaValue key) {
    RequestHost request = gate.enter(vm).request();
    String value =
        key instanceof LuaNumber number
            ? capture(request, number.todouble())
            : request.variable(name(key));
    return value == null ? NIL : vm.text(value);
  }

  private static @Nullable String capture(RequestHost request, double n) {
    return n >= 1 ? request.capture((int) n) : null;
  }

  @Override
  protected void write(LuaValue key, LuaValue value) {
    RequestHost request = gate.enter(vm).request();
    String name = name(key);
    String text = value.isnil() ? null : LuaText.latin1(Semantics.tostring(vm, value));
    try {
      request.setVariable(name, text);
    } catch (NgxFailure e) {
      throw LuaErrors.raise(String.valueOf(e.getMessage()));
    }
  }

  private String name(LuaValue key) {
    if (!(key instanceof LuaString text)) {
      throw LuaErrors.raise("bad variable name");
    }
    String known = names.get(text);
    if (known != null) {
      return known;
    }
    if (names.size() >= NAMES_BOUND) {
      names.clear();
    }
    String name = LuaText.latin1(text).toLowerCase(Locale.ROOT);
    names.put(LuaString.valueOf(LuaText.bytes(text)), name);
    return name;
  }
}
