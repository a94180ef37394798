/**
 * Processes that Lua starts, as plain Java on the JDK's own: what {@code ngx.pipe} stands on. No
 * Lua types here; enter at {@code Children}.
 */
@NullMarked
package dev.banyan.lua.ngx.process;

import org.jspecify.annotations.NullMarked;
