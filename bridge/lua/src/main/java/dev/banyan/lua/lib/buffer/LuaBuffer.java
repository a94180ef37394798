package dev.banyan.lua.lib.buffer;

import dev.banyan.lua.LuaVm;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;

/** Owned by one machine: the value that {@code buffer.new} gives. */
final class LuaBuffer extends LuaUserdata {
  final ByteQueue bytes;
  final BufferEncoder encoder;
  final BufferDecoder decoder;

  LuaBuffer(LuaVm vm, BufferOptions options, LuaTable metatable) {
    super(new Object(), metatable);
    bytes = new ByteQueue(vm);
    encoder = new BufferEncoder(vm, bytes, options);
    decoder = new BufferDecoder(bytes, options);
  }
}
