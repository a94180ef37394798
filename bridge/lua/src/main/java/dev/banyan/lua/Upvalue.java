package dev.banyan.lua;

import org.luaj.vm2.LuaValue;

/** A variable shared by closures: a register while its function runs, its own cell afterwards. */
final class Upvalue {
  LuaValue[] array;
  int index;

  Upvalue(LuaValue[] array, int index) {
    this.array = array;
    this.index = index;
  }

  LuaValue get() {
    return array[index];
  }

  void set(LuaValue value) {
    array[index] = value;
  }

  void close() {
    array = new LuaValue[] {array[index]};
    index = 0;
  }
}
