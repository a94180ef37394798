package dev.banyan.nginx;

import dev.banyan.nginx.script.LuaHandler;
import org.jspecify.annotations.Nullable;

/**
 * The Lua of each phase that holds for a level; null where a phase has none. Content is not here:
 * it is a {@link ContentHandler} and not inherited.
 */
public record LuaHandlers(
    @Nullable LuaHandler rewrite,
    @Nullable LuaHandler access,
    @Nullable LuaHandler headerFilter,
    @Nullable LuaHandler bodyFilter,
    @Nullable LuaHandler log) {}
