/**
 * The old path: runs a request through nginx's phases and the Lua handlers of its configuration,
 * and switches modules at the seam.
 */
@NullMarked
package dev.banyan.gateway;

import org.jspecify.annotations.NullMarked;
