/**
 * LuaJIT's {@code ffi} as far as data goes: C's declarations, values and memory, all on Java's heap
 * and within its bounds. Functions of C are not called: a few harmless ones are there in Java.
 *
 * <p>Enter at {@link dev.banyan.lua.ffi.FfiLibrary}. Depends on {@code dev.banyan.lua} and LuaJ.
 */
@NullMarked
package dev.banyan.lua.ffi;

import org.jspecify.annotations.NullMarked;
