/** The standard libraries of LuaJIT's dialect, one class per library. */
@NullMarked
package dev.banyan.lua.lib;

import org.jspecify.annotations.NullMarked;
