/**
 * The seam: where one call from Lua to a function of a module is switched to its Java port.
 * Installed at {@code require}; knows nothing of flags or ports, which {@code SeamSwitch} stands
 * for.
 */
@NullMarked
package dev.banyan.lua.seam;

import org.jspecify.annotations.NullMarked;
