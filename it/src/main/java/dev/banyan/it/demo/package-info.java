/**
 * {@code scripts/demo}: the whole loop on the sample legacy, told with the figures that the system
 * reports itself. Depends on the JDK, Jackson, {@code it.origin}, {@code it.traffic} and {@code
 * it.wire}; enter at {@link dev.banyan.it.demo.Demo}.
 */
@NullMarked
package dev.banyan.it.demo;

import org.jspecify.annotations.NullMarked;
