/**
 * Lua without a server: recorded calls are given again to the Lua that they were recorded of, with
 * the world that the recording tells of. Enter at {@link dev.banyan.lua.replay.LuaReplay}.
 */
@NullMarked
package dev.banyan.lua.replay;

import org.jspecify.annotations.NullMarked;
