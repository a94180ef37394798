/**
 * {@code scripts/soak}: the sample legacy under varied traffic for a long time, every port beside
 * its Lua. May depend on the JDK, Jackson, HdrHistogram and {@code it}'s other packages; enter at
 * {@link dev.banyan.it.soak.Soak}.
 */
@NullMarked
package dev.banyan.it.soak;

import org.jspecify.annotations.NullMarked;
