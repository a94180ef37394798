/**
 * Believable traffic for the sample legacy: the same seed makes the same bytes. Used by the parity
 * test and by {@code scripts/demo}. May depend on the JDK, Jackson and {@code it.wire}; enter at
 * {@link dev.banyan.it.traffic.TrafficPlan}.
 */
@NullMarked
package dev.banyan.it.traffic;

import org.jspecify.annotations.NullMarked;
