/**
 * Writes the folder of a new port from what was learned of its Lua module. Start reading at {@link
 * dev.banyan.cli.scaffold.PortFolder}.
 */
@NullMarked
package dev.banyan.cli.scaffold;

import org.jspecify.annotations.NullMarked;
