package dev.banyan.lua.seam;

import org.luaj.vm2.LuaTable;

/**
 * Owned by its machine's thread: a Lua module as its calls see it.
 *
 * @param name what the legacy passes to {@code require}
 * @param table what {@code require} answers
 */
record LoadedModule(String name, LuaTable table) {}
