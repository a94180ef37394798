/**
 * Fibers: straight-line code that runs on an event loop and parks instead of blocking. Depends on
 * the JDK only; enter at {@code Fiber}.
 */
@NullMarked
package dev.banyan.fiber;

import org.jspecify.annotations.NullMarked;
