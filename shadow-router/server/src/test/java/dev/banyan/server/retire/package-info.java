/** Tests of the proof that a module's Lua may be deleted. */
@NullMarked
package dev.banyan.server.retire;

import org.jspecify.annotations.NullMarked;
