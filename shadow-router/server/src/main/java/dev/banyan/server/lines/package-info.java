/**
 * Tells which lines of the legacy's Lua no shadowed call has reached. Start reading at {@link
 * dev.banyan.server.lines.UnreachedLines}.
 */
@NullMarked
package dev.banyan.server.lines;

import org.jspecify.annotations.NullMarked;
