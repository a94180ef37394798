package dev.banyan.lua.ngx;

import dev.banyan.api.Phase;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.VirtualTable;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Owned by one machine: {@code ngx.arg}, a directive's arguments or a piece of the body. */
final class ArgTable extends VirtualTable {
  private final LuaVm vm;
  private final ApiGate gate = new ApiGate(NgxApi.entry("ngx.arg"));
  private final ApiGate writing = ApiGate.naming(NgxApi.entry("ngx.arg"));

  ArgTable(LuaVm vm) {
    this.vm = vm;
  }

  @Override
  protected LuaValue read(LuaValue key) {
    Execution x = gate.enter(vm);
    if (x.phase == Phase.SET) {
      int argument = argument(key);
      return argument >= 1 && argument <= x.arguments.size()
          ? LuaText.of(x.arguments.get(argument - 1))
          : NIL;
    }
    int index = index(key);
    return switch (index) {
      case 1 -> LuaString.valueOf(x.request().filterChunk());
      case 2 -> valueOf(x.request().filterEof());
      default -> NIL;
    };
  }

  @Override
  protected void write(LuaValue key, LuaValue value) {
    Execution x = writing.enter(vm);
    if (x.phase == Phase.SET) {
      throw LuaErrors.raise("API disabled in the context of set_by_lua*");
    }
    int index = checkedIndex(key);
    switch (index) {
      case 1 -> x.request().filterChunk(piece(value));
      case 2 -> x.request().filterEof(value.toboolean());
      default -> throw LuaErrors.raise("bad index: " + index);
    }
  }

  private static int index(LuaValue key) {
    return key instanceof LuaNumber number ? (int) number.todouble() : 0;
  }

  private static int checkedIndex(LuaValue key) {
    LuaNumber number = LuaNumbers.parse(key);
    if (number == null) {
      throw LuaErrors.raise(
          "bad argument #2 to '__newindex' (number expected, got " + key.typename() + ")");
    }
    return (int) number.todouble();
  }

  private static int argument(LuaValue key) {
    LuaNumber number = LuaNumbers.parse(key);
    if (number == null) {
      throw LuaErrors.bare("bad argument #2 to '?' (number expected, got " + key.typename() + ")");
    }
    return (int) number.todouble();
  }

  private static byte[] piece(LuaValue value) {
    if (value.isnil()) {
      return new byte[0];
    }
    if (value.isstring()) {
      return LuaText.bytes(value);
    }
    if (value instanceof LuaTable list) {
      ByteText text = new ByteText();
      text.list(list, 3, true);
      return text.bytes();
    }
    throw LuaErrors.raise("bad chunk data type: " + value.typename());
  }
}
