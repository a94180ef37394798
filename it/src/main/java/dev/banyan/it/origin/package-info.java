/**
 * The server behind the edge: answers by path, remembers exactly what it received. Used by the
 * tests and, by its {@code main}, by {@code scripts/demo}. May depend on the JDK and {@code
 * it.wire}; enter at {@link dev.banyan.it.origin.Origin}.
 */
@NullMarked
package dev.banyan.it.origin;

import org.jspecify.annotations.NullMarked;
