/**
 * The Lua machine of one worker: compiler, interpreter loop, coroutines, module loading. The only
 * user of LuaJ, with its sub-packages; no LuaValue leaves this module.
 */
@NullMarked
package dev.banyan.lua;

import org.jspecify.annotations.NullMarked;
