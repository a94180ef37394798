/** A module's end: its Lua file is deleted, and nobody notices. */
@NullMarked
package dev.banyan.it.retire;

import org.jspecify.annotations.NullMarked;
