/** LuaJIT's {@code string.buffer}. Enter at {@code BufferModule}. */
@NullMarked
package dev.banyan.lua.lib.buffer;

import org.jspecify.annotations.NullMarked;
