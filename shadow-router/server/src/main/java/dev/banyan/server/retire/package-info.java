/**
 * The proof that a module's Lua may be deleted. Start reading at {@link
 * dev.banyan.server.retire.Retirement}.
 */
@NullMarked
package dev.banyan.server.retire;

import org.jspecify.annotations.NullMarked;
