package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import dev.banyan.lua.VirtualTable;
import dev.banyan.lua.ngx.text.HttpTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Owned by one machine: {@code ngx.header}, the response's fields without copies. */
final class HeaderTable extends VirtualTable {
  private final LuaVm vm;
  private final ApiGate gate = new ApiGate(NgxApi.entry("ngx.header"));

  HeaderTable(LuaVm vm) {
    this.vm = vm;
  }

  @Override
  protected LuaValue read(LuaValue key) {
    RequestHost request = gate.enter(vm).request();
    String name = ResponseFields.name(request, text(key));
    List<String> values = request.responseHeaders().all(name);
    if (values.isEmpty()) {
      return NIL;
    }
    if (values.size() == 1) {
      return one(name, values.getFirst());
    }
    Table list = new Table(values.size(), 0);
    for (int i = 0; i < values.size(); i++) {
      list.rawset(i + 1, vm.text(values.get(i)));
    }
    return list;
  }

  /** nginx keeps the time of Last-Modified beside its text, and reads the former. */
  private LuaValue one(String name, String value) {
    if (!name.equalsIgnoreCase("Last-Modified")) {
      return vm.text(value);
    }
    OptionalLong time = HttpTime.parse(value);
    return time.isPresent() ? vm.text(HttpTime.http(time.getAsLong())) : NIL;
  }

  @Override
  protected void write(LuaValue key, LuaValue value) {
    RequestHost request = gate.enter(vm).request();
    set(request, text(key), value, true);
  }

  /** Sets or adds a field, for {@code ngx.resp.add_header} too. */
  void set(RequestHost request, String key, LuaValue value, boolean override) {
    List<String> values = values(value, override);
    if (values.isEmpty() && !override) {
      return;
    }
    if (request.headersSent()) {
      request.log(4, "attempt to set ngx.header.HEADER after sending out response headers");
      return;
    }
    if (key.isEmpty()) {
      return;
    }
    ResponseFields.set(request, ResponseFields.name(request, key), values, override);
  }

  private List<String> values(LuaValue value, boolean override) {
    List<String> values = new ArrayList<>(1);
    if (value.isnil()) {
      if (!override) {
        throw LuaErrors.raise("invalid header value");
      }
    } else if (value instanceof LuaTable list) {
      int count = list.rawlen();
      for (int i = 1; i <= count; i++) {
        values.add(text(list.get(i)));
      }
    } else {
      values.add(text(value));
    }
    return values;
  }

  private String text(LuaValue value) {
    return LuaText.latin1(value instanceof LuaString ? value : Semantics.tostring(vm, value));
  }
}
