/**
 * LuaJIT's {@code string.buffer}, without the parts that need the FFI. Enter at {@code
 * BufferModule}.
 */
@NullMarked
package dev.banyan.lua.lib.buffer;

import org.jspecify.annotations.NullMarked;
